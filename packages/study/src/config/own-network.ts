import { MdctrError, nearest } from '@mdctr/base';
import type { ConfigDocument } from '@mdctr/config';
import type { Registry } from '@mdctr/core';
import type { StudyConfig } from './types.js';

/**
 * The config with the method whose domains those of all others are compared with: the one that it names, or else the only one that is
 * nothing but a plugin with a network for each domain.
 * @throws MdctrError MDCTR_ANALYSIS_METHOD for a label that the study does not have.
 */
export function withOwnNetwork(config: StudyConfig, registry: Registry, document: ConfigDocument): StudyConfig {
  const { analyses, methods } = config;
  const wanted = analyses?.ownNetwork;
  const labels = methods.map(({ label }) => label);
  if (typeof wanted === 'string' && !labels.includes(wanted)) throw unknownMethod(wanted, labels, document);
  if (wanted !== undefined) return config;
  const names = registry.withRole('network-per-domain');
  const found = methods.filter(({ plugins: [first, ...others] }) => {
    return first !== undefined && others.length === 0 && names.includes(first.name);
  });
  const [method] = found;
  if (method === undefined || found.length > 1) return config;
  return { ...config, analyses: { ...analyses, ownNetwork: method.label } };
}

function unknownMethod(wanted: string, labels: readonly string[], document: ConfigDocument): MdctrError {
  const near = nearest(wanted, labels);
  return new MdctrError('MDCTR_ANALYSIS_METHOD', {
    what: `No method of the study is called "${wanted}".`,
    at: document.locate(['analyses', 'ownNetwork']),
    path: 'analyses.ownNetwork',
    expected: `one of ${labels.join(', ')}, or false`,
    hint: near ? `Did you mean "${near}"?` : 'Name the method that gives each domain a network of its own.',
  });
}

import { MdctrError } from '@mdctr/base';
import type { DataOptions } from './data-options.js';
import type { FieldSpec } from './field-spec.js';

/** The field that a row's group is in. */
export const GROUP_FIELD = 'domain_group';

/**
 * The spec of the group's field, where options ask for groups. Its value is set once domains are known; until then, and
 * for domains that training does not know, there is none.
 * @throws MdctrError MDCTR_CONFIG_VALUE beside domain features, MDCTR_DATA_COLUMN where the name is taken.
 */
export function groupField(
  { domainGroups, domainFeatures = [] }: Pick<DataOptions, 'domainGroups' | 'domainFeatures'>,
  taken: readonly string[],
): FieldSpec | undefined {
  if (domainGroups === undefined) return undefined;
  if (domainFeatures.length > 0) {
    throw new MdctrError('MDCTR_CONFIG_VALUE', {
      what: '"domainGroups" does not go with "domainFeatures": what describes a domain need not be the same in all of a group.',
      path: 'data.domainFeatures',
      found: domainFeatures.join(', '),
      hint: 'Take the domain features out; they stay fields like any other.',
    });
  }
  const twin = taken.find((name) => name.toLowerCase() === GROUP_FIELD);
  if (twin !== undefined) {
    throw new MdctrError('MDCTR_DATA_COLUMN', {
      what: `The data have a column or field "${twin}" already, and data.domainGroups adds a field of that name.`,
      path: 'data.domainGroups',
      hint: `Read it under another name, or not at all: data.source.columns, e.g. ["tab", {"name": "own_group", "expression": "${twin}"}].`,
    });
  }
  return { name: GROUP_FIELD, expression: 'NULL', minFrequency: 1 };
}

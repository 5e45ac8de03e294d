import { MdctrError, MdctrErrors, firstOf } from '@mdctr/base';
import { documentOf, validateConfig, type ConfigDocument } from '@mdctr/config';
import { studySchema } from '../config/study-schema.js';
import type { Registry } from '@mdctr/core';
import { applyValues } from '@mdctr/search';
import { refuseUnmeasurable } from '@mdctr/training';
import type { StudyConfig, StudySetting } from '../config/types.js';
import { checkSearches } from './open-searches.js';

/**
 * Holds every end of a range and every choice of a setting's search against the schemas of the options that it changes, so
 * that no value fails in the middle of a search.
 * @throws MdctrError MDCTR_CONFIG_VALUE for a metric that the data have nothing for, MDCTR_SEARCH_PATH,
 *   MDCTR_SEARCH_DIMENSION, MDCTR_SEARCH_GRID, MDCTR_SEARCH_VALUE.
 */
export function checkSearchValues(
  config: StudyConfig,
  setting: StudySetting,
  document: ConfigDocument,
  registry: Registry,
): void {
  const { metric } = setting.search ?? {};
  if (metric !== undefined) {
    const place = { at: document.locate(['search', 'metric']), path: 'search.metric' };
    refuseUnmeasurable(metric, setting.data.gaucBy !== undefined, place);
  }
  const schema = studySchema(registry);
  const seen = new Set<string>();
  for (const { parts, extremes } of checkSearches(config, setting, (path) => document.locate(path))) {
    for (const { path, value, place } of extremes) {
      const { backbone, plugins, training, embedding } = applyValues(parts, { [path]: value }, () => place);
      const trial = { name: 'a value', data: setting.data, embedding, training, backbones: [backbone] };
      const changed = JSON.stringify({ ...trial, methods: [{ label: 'it', plugins }] });
      if (seen.has(changed)) continue;
      seen.add(changed);
      try {
        validateConfig(documentOf(JSON.parse(changed) as object, place.at ?? { file: document.file }), schema);
      } catch (error) {
        if (!(error instanceof MdctrErrors)) throw error;
        const { what, expected, found } = firstOf(error.errors).details;
        throw new MdctrError('MDCTR_SEARCH_VALUE', {
          what: `The search has a value that the option does not take: ${what}`,
          ...place,
          ...(expected !== undefined && { expected }),
          found: found ?? JSON.stringify(value),
          hint: 'Leave the value out, or narrow the range.',
        });
      }
    }
  }
}

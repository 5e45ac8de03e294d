import { loadConfig, validateConfig } from '@mdctr/config';
import { named, Registry, taggedUnion } from '@mdctr/core';
import { Type } from 'typebox';
import { Gate, Shift, Tower } from '../../../config/test/fixtures.js';
import type { ConfigSections } from '../../src/config/sections.js';
import { studySchema } from '../../src/config/study-schema.js';
import { trialSchema } from '../../src/config/trial-schema.js';

const data = Type.Object({
  source: taggedUnion(
    'kind',
    [
      Type.Object({
        kind: Type.Literal('csv'),
        files: Type.Array(Type.String(), { default: [], description: 'Files.' }),
      }),
      Type.Object({
        kind: Type.Literal('made'),
        rows: Type.Integer({ minimum: 1, default: 10, description: 'Rows.' }),
      }),
    ],
    { description: 'Source.' },
  ),
  fields: Type.Array(
    named(
      Type.Object({
        name: Type.String({ description: 'Name.' }),
        buckets: Type.Integer({ default: 9, description: 'Buckets.' }),
      }),
    ),
    { default: [], description: 'Fields.' },
  ),
});
const training = Type.Object({
  epochs: Type.Integer({ minimum: 1, default: 5, description: 'Epochs.' }),
  rate: Type.Number({ exclusiveMinimum: 0, default: 0.1, description: 'Rate.' }),
});

export const sections: ConfigSections = { data, training, study: {}, whole: {}, method: {} };

export function registry(): Registry {
  const made = new Registry();
  for (const cls of [Tower, Gate, Shift]) made.add(cls, 'pack');
  return made;
}

/** Loads and validates a config of these files. */
export function open(file: string, set: string[] = [], kind: 'trial' | 'study' = 'trial'): Record<string, unknown> {
  const schema = (kind === 'trial' ? trialSchema : studySchema)(registry(), sections);
  return validateConfig(loadConfig(file, { set }), schema);
}

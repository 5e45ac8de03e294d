import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import {
  Backbone,
  DomainPlugin,
  loadConfig,
  MdctrError,
  MdctrErrors,
  named,
  Plugin,
  Registry,
  studySchema,
  taggedUnion,
  trialSchema,
  validateConfig,
  type BackboneBuilder,
  type ConfigSections,
  type Forward,
} from '../src/index.js';

/** A folder with these files in it; returns the path of the first. */
export function files(contents: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-core-'));
  const paths = Object.entries(contents).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  return paths[0]!;
}

@Backbone('tower', {
  options: Type.Object({
    units: Type.Array(Type.Integer({ minimum: 1 }), { default: [8], description: 'Units of each layer.' }),
    rate: Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0, description: 'Dropout.' }),
  }),
})
export class Tower implements BackboneBuilder {
  build(): Forward {
    throw new Error('not built here');
  }
}

@Plugin('gate', {
  options: Type.Object({
    form: Type.Enum(['hard', 'soft'], { default: 'soft', description: 'Form.' }),
    range: Type.Object(
      {
        min: Type.Number({ default: 0.1, description: 'Least.' }),
        max: Type.Number({ default: 0.2, description: 'Most.' }),
      },
      { default: {}, description: 'Range.' },
    ),
  }),
  description: 'A gate for tests.',
})
export class Gate extends DomainPlugin {}

@Plugin('shift', { options: Type.Object({ step: Type.Integer({ default: 1, description: 'Step.' }) }) })
export class Shift extends DomainPlugin {}

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

export function sections(): ConfigSections {
  const registry = new Registry();
  for (const cls of [Tower, Gate, Shift]) registry.add(cls, 'pack');
  return { registry, data, training };
}

/** Loads and validates a config of these files. */
export function open(file: string, set: string[] = [], kind: 'trial' | 'study' = 'trial'): Record<string, unknown> {
  return validateConfig(loadConfig(file, { set }), (kind === 'trial' ? trialSchema : studySchema)(sections()));
}

/** The errors that `body` throws, one or several. */
export function errorsOf(body: () => unknown): readonly MdctrError[] {
  try {
    body();
  } catch (error) {
    if (error instanceof MdctrErrors) return error.errors;
    if (error instanceof MdctrError) return [error];
    throw error;
  }
  throw new Error('nothing was thrown');
}

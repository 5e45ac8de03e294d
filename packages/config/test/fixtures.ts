import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MdctrError, MdctrErrors } from '@mdctr/base';
import { Backbone, DomainPlugin, Plugin, type BackboneBuilder, type Forward } from '@mdctr/core';
import { Type } from 'typebox';

/** A folder with these files in it; returns the path of the first. */
export function files(contents: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-config-'));
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

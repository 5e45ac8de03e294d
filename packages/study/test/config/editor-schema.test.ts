import { editorSchema } from '@mdctr/config';
import { getLanguageService, TextDocument, type LanguageService } from 'vscode-json-languageservice';
import { describe, expect, it } from 'vitest';
import { Registry } from '@mdctr/core';
import { Gate, Shift, Tower } from '../../../config/test/fixtures.js';
import { trialSchema } from '../../src/config/trial-schema.js';
import { registry, sections } from './fixtures.js';

const service: LanguageService = getLanguageService({});
service.configure({
  validate: true,
  schemas: [
    { uri: 'mdctr://trial', fileMatch: ['*'], schema: editorSchema(trialSchema(registry(), sections)) as never },
  ],
});

/** Opens a text as an editor would; `|` marks the cursor. */
function edit(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const document = TextDocument.create('file:///trial.json', 'json', 1, text);
  const parsed = service.parseJSONDocument(document);
  const position = document.positionAt(Math.max(0, offset));
  return {
    problems: async () => (await service.doValidation(document, parsed)).map(({ message }) => message),
    labels: async () => (await service.doComplete(document, position, parsed))!.items.map(({ label }) => label),
    hover: async () => JSON.stringify(await service.doHover(document, position, parsed)),
  };
}

const trial = (plugins: string): string =>
  `{ "name": "t", "data": { "source": { "kind": "made" } }, "backbone": "tower", "plugins": [${plugins}] }`;

describe('the schema in a JSON language server', () => {
  it('accepts a valid config, the short and the long form of a unit', async () => {
    expect(await edit(trial('"gate", { "name": "shift", "step": 2 }')).problems()).toEqual([]);
  });

  it('accepts a name for an object where that is allowed, and completes the object', async () => {
    const fields = (text: string): string => trial('').replace('} },', `}, "fields": ["a", ${text}] },`);
    expect(await edit(fields('{ "name": "b", "buckets": 3 }')).problems()).toEqual([]);
    expect((await edit(fields('{ "name": "b", "bukets": 3 }')).problems()).join()).toMatch(/bukets/);
    expect(await edit(fields('{ | }')).labels()).toEqual(expect.arrayContaining(['name', 'buckets']));
  });

  it.each([
    ['an unknown option', '{ "name": "shift", "stpe": 2 }', /stpe/],
    ['a wrong type', '{ "name": "shift", "step": "two" }', /integer/],
    ['a value that is no choice', '{ "name": "gate", "form": "sof" }', /"hard"|Valid values/],
    ['an unknown plugin', '{ "name": "gatee" }', /Valid values|not accepted/],
  ])('marks %s', async (_what, plugin, wanted) => {
    const problems = await edit(trial(plugin)).problems();
    expect(problems.join('\n')).toMatch(wanted);
  });

  it.each(['./mine.ts', '@acme/mdctr-plugin-foo', 'mdctr-plugin-foo>one'])(
    'accepts %s, whose options it does not know, and not the options of what it does know',
    async (name) => {
      expect(await edit(trial(`"${name}", { "name": "${name}", "rate": 2 }`)).problems()).toEqual([]);
      expect(await edit(trial(`{ "name": "pack>shift", "rate": 2 }`)).problems()).not.toEqual([]);
    },
  );

  it('knows the options of a package that the config names', async () => {
    const registry = new Registry().add(Tower, 'pack').add(Gate, 'pack');
    registry.add(Shift, './shift.ts', { specifier: './shift.ts', file: '/shift.ts', builtin: false });
    const service = getLanguageService({});
    const schema = editorSchema(trialSchema(registry, sections)) as never;
    service.configure({ validate: true, schemas: [{ uri: 'mdctr://own', fileMatch: ['*'], schema }] });
    const problems = async (plugin: string): Promise<string[]> => {
      const document = TextDocument.create('file:///trial.json', 'json', 1, trial(plugin));
      return (await service.doValidation(document, service.parseJSONDocument(document))).map(({ message }) =>
        String(message),
      );
    };
    expect(await problems('"./shift.ts", { "name": "./shift.ts", "step": 2 }')).toEqual([]);
    expect((await problems('{ "name": "./shift.ts", "stpe": 2 }')).join()).toMatch(/stpe/);
  });

  it('completes plugin names, their options and their choices', async () => {
    expect(await edit(trial('{ "name": | }')).labels()).toEqual(expect.arrayContaining(['"gate"', '"shift"']));
    const options = await edit(trial('{ "name": "gate", | }')).labels();
    expect(options).toEqual(expect.arrayContaining(['form', 'range']));
    expect(options).not.toContain('step');
    expect(await edit(trial('{ "name": "gate", "form": | }')).labels()).toEqual(
      expect.arrayContaining(['"hard"', '"soft"']),
    );
  });

  it('explains an option under the cursor', async () => {
    expect(await edit(trial('{ "name": "gate", "fo|rm": "hard" }')).hover()).toContain('Form');
  });
});

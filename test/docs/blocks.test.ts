import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, whole, type Block } from './blocks/blocks.js';
import { commandsOf, complaint, mdctrArguments } from './blocks/shell.js';
import { typeErrors } from './blocks/typescript.js';
import { root, runInHost } from '../support/command.js';

/** Pages that scripts write from the source; they are compared as a whole. */
const GENERATED = ['docs/reference/commands.md', 'docs/reference/hooks.md'];
const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : below(name);
    return name.endsWith('.md') ? [name] : [];
  });
/** Pages of packages on npm. */
const pages = ['packages', 'plugins'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`),
);
const documents = ['README.md', 'CONTRIBUTING.md', ...below('docs'), ...below('examples'), ...pages];
const all = documents.filter((name) => !GENERATED.includes(name)).flatMap((name) => blocksOf(root, name));
const blocks = all.filter(({ notRun }) => notRun === undefined);
const of = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));

/** Inside the checkout, where our packages are found. */
mkdirSync(join(root, 'test/dist'), { recursive: true });
const folder = mkdtempSync(join(root, 'test/dist/blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const fileOf = ({ at }: Block, extension: string): string => `${at.replace(/[/:.]/g, '-')}${extension}`;

const DATA = {
  source: { kind: 'files', files: ['log.csv'] },
  label: 'click',
  domain: 'position',
  minFrequency: 2,
};
const TRIAL = { name: 'Blocks', data: DATA, backbone: 'dnn', plugins: ['adasparse'], training: { epochs: 1 } };
const STUDY = {
  name: 'Blocks',
  data: DATA,
  backbones: ['dnn', 'dcnv2'],
  methods: [{ label: 'plain' }, { label: 'adasparse', plugins: ['adasparse'] }],
  seeds: [1, 2],
};
const DATA_KEYS = ['source', 'fields', 'holdOut'];

/** A config, or a part of one in the place where it belongs: a section of the data, dimensions of a search, or a section. */
function configOf({ text }: Block): Record<string, unknown> {
  // JSON that shows some keys of an object, without its braces.
  const value = parse(text.startsWith('"') ? `{${text}}` : text) as Record<string, unknown>;
  const keys = Object.keys(value);
  if ('name' in value && 'data' in value) return value;
  if (keys.every((key) => DATA_KEYS.includes(key))) return { ...STUDY, data: { ...DATA, ...value } };
  if (keys.some((key) => key.includes('.'))) return { ...STUDY, search: { kind: 'random', trials: 2, space: value } };
  if ('backbone' in value || 'plugins' in value) return { ...TRIAL, ...value };
  return { ...STUDY, ...value };
}

describe('code blocks of the documents', () => {
  it('are all in a language that is checked here, or say why they are not', () => {
    const known = ['sh', 'ts', 'json', 'yaml', 'mermaid', 'text'];
    expect(blocks.filter(({ language }) => !known.includes(language)).map(({ at }) => at)).toEqual([]);
    expect(all.length).toBeGreaterThan(80);
  });

  it('call commands that there are, with options and choices that they have; show configs that open', () => {
    const commands = of('sh').flatMap(({ at, text }) => commandsOf(text).map((command) => ({ at, command })));
    const foldersOf = (place: string): string[] =>
      commands.filter(({ at, command }) => at === place && command[0] === 'cd').map(({ command }) => command[1]!);
    const wrong = commands.flatMap(({ at, command }) => {
      const what = mdctrArguments(command) ? undefined : complaint(command, root, [dirname(at), ...foldersOf(at)]);
      return what === undefined ? [] : [`${at}: ${what}`];
    });
    expect(wrong).toEqual([]);

    write('src/weekday-scale.ts', of('ts').find(({ text }) => text.includes("@Plugin('weekday-scale'"))!.text);
    const configs = of('json', 'yaml').map((block) => {
      const config = configOf(block);
      const kind = 'backbone' in config ? 'trial' : 'study';
      return { at: block.at, kind, file: write(fileOf(block, '.json'), config) };
    });
    const calls = commands.flatMap(({ at, command }) => {
      const args = mdctrArguments(command);
      return args ? [{ at, args }] : [];
    });
    expect([configs.length > 10, calls.length > 30]).toEqual([true, true]);
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'test/docs/blocks/check.mjs')], {
      input: JSON.stringify({ configs, commands: calls }),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('are TypeScript that compiles with the types of our packages', () => {
    // The testkit's example imports the plugin of the package that it stands in.
    cpSync(join(root, 'examples/third-party-plugin/src'), join(folder, 'src'), { recursive: true });
    const files = of('ts').map((block) => write(`test/${fileOf(block, '.ts')}`, whole(block)));
    expect(files.length).toBeGreaterThan(10);
    expect(typeErrors(root, files)).toEqual([]);
  });

  describe('do what they say:', () => {
    const plugins = of('ts').flatMap((block) => {
      const name = /@Plugin\('([\w-]+)'/.exec(block.text)?.[1];
      return name === undefined ? [] : [[block.at, name, block] as const];
    });

    it.each(plugins)('the plugin of %s, %s, acts on a model', async (_, name, block) => {
      const file = write(fileOf(block, '.ts'), whole(block));
      const source = { kind: 'synthetic', rows: 500 };
      const trial = { ...TRIAL, data: { source }, packages: [file], plugins: [name] };
      const path = write(fileOf(block, '.trial.json'), trial);
      const { code, stdout, stderr } = await runInHost(['inspect', path, '--no-cache']);
      expect([code, stderr.replace(/^.*rows.*$/gm, '').trim()]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`hidden +deep/0[^]*> ${name}`));
    });

    it.each(
      of('sh')
        .filter(({ run }) => run)
        .map((block) => [block.at, block] as const),
    )('the commands of %s', async (_, { text }) => {
      const here = mkdtempSync(join(folder, 'work-'));
      const files = {
        'log.csv': LOG,
        'new.csv': LOG,
        'trial.json': JSON.stringify(TRIAL),
        'study.json': JSON.stringify(STUDY),
      };
      for (const [name, content] of Object.entries(files)) {
        if (!text.includes(`--out ${name}`)) writeFileSync(join(here, name), content);
      }
      for (const command of commandsOf(text)) {
        const args = mdctrArguments(command)!.map((word) => (word.startsWith('examples/') ? join(root, word) : word));
        const { code, stderr } = await runInHost(args, { cwd: here });
        expect(code, `mdctr ${args.join(' ')}\n${stderr}`).toBe(0);
      }
    });
  });
});

const LOG = [
  'position,ad,hour,click',
  ...Array.from(
    { length: 600 },
    (_, i) => `position_${i % 3},ad_${(i * 7) % 11},${i % 24},${(i * i + i) % 5 < 2 ? 1 : 0}`,
  ),
].join('\n');

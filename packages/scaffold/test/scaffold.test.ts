import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scaffold, type ScaffoldRequest, type Scaffolded } from '../src/scaffold.js';

const folder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'mdctr-new-')));
const make = (cwd: string, request: Partial<ScaffoldRequest> = {}, userAgent = 'npm/11.0.0'): Promise<Scaffolded> =>
  scaffold({ kind: 'plugin', name: 'foo', ...request }, { cwd, userAgent });
const manifest = (path: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;

describe('a package', () => {
  it('is written whole, with what npm would hide in ours under its own name', async () => {
    const cwd = folder();
    const made = await make(cwd, { name: '@acme/mdctr-plugin-foo', licence: 'MIT', author: 'Ada' });
    expect(made.files).toEqual([
      '.github/workflows/ci.yml',
      '.gitignore',
      '.npmrc',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
      'src/foo.ts',
      'study.json',
      'test/foo.test.ts',
      'tsconfig.json',
      'vitest.config.ts',
    ]);
    expect(readdirSync(cwd)).toEqual(['mdctr-plugin-foo']);
    for (const file of made.files) expect(existsSync(join(made.folder, file)), file).toBe(true);
    expect(readFileSync(join(made.folder, 'LICENSE'), 'utf8')).toMatch(/Copyright \(c\) \d{4} Ada\n/);
    expect(manifest(made.folder)).toMatchObject({ name: '@acme/mdctr-plugin-foo', license: 'MIT' });
  });

  it('without a licence has no such file', async () => {
    const made = await make(folder(), { kind: 'backbone', licence: 'UNLICENSED' });
    expect(made.files).not.toContain('LICENSE');
    expect(manifest(made.folder).license).toBe('UNLICENSED');
  });

  it('goes into an empty folder, the working directory too', async () => {
    const cwd = folder();
    const made = await make(cwd, { out: '.' });
    expect(readdirSync(cwd).sort()).toEqual([...new Set(made.files.map((file) => file.split('/')[0]))].sort());
    expect(made.next).toEqual(['npm install', 'npm test', 'npm run study']);
  });

  it('never goes over what is there', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'mdctr-plugin-foo'));
    writeFileSync(join(cwd, 'mdctr-plugin-foo/notes'), 'mine');
    writeFileSync(join(cwd, 'file'), 'mine');
    await expect(make(cwd)).rejects.toMatchObject({ code: 'MDCTR_NEW_FOLDER' });
    await expect(make(cwd, { out: 'file' })).rejects.toMatchObject({ code: 'MDCTR_NEW_FOLDER' });
    expect(readdirSync(cwd, { recursive: true }).sort()).toEqual([
      'file',
      'mdctr-plugin-foo',
      'mdctr-plugin-foo/notes',
    ]);
  });

  it.each([
    ['npm/11.0.0 node/v22', ['npm install', 'npm test', 'npm run study']],
    ['pnpm/10.34.9 npm/? node/v22', ['pnpm install', 'pnpm run test', 'pnpm run study']],
    ['yarn/4.9.0 npm/? node/v22', ['yarn install', 'yarn run test', 'yarn run study']],
  ])('of %s names the commands to run next', async (userAgent, [install, ...rest]) => {
    expect((await make(folder(), {}, userAgent)).next).toEqual([`cd mdctr-plugin-foo && ${install!}`, ...rest]);
  });
});

describe('a package in a workspace', () => {
  const workspace = (packages: string): string => {
    const cwd = folder();
    writeFileSync(join(cwd, 'pnpm-workspace.yaml'), packages);
    return cwd;
  };

  it('that takes it in', async () => {
    const made = await make(workspace('packages: [plugins/*]'), { out: 'plugins/foo' }, '');
    expect(made.next[0]).toBe('cd plugins/foo && pnpm install');
    expect(made.note).toContain('is a package of the workspace');
  });

  it.each(['packages: [packages/*]', 'packages: [plugins/*, "!plugins/foo"]', ''])(
    'that does not, by %s, is installed apart',
    async (packages) => {
      const made = await make(workspace(packages), { out: 'plugins/foo' }, '');
      expect(made.next[0]).toBe('cd plugins/foo && pnpm install --ignore-workspace');
      expect(made.note).toContain('is no package of it');
    },
  );

  it('of npm or yarn', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ workspaces: { packages: ['./plugins/*/'] } }));
    expect((await make(cwd, { out: 'plugins/foo' })).note).toContain('is a package of the workspace');
    expect((await make(cwd, { out: 'foo' })).note).toContain('is no package of it');
  });

  it('that is a checkout of mdctr takes its packages', async () => {
    const cwd = workspace('packages: [packages/*, examples/*]');
    mkdirSync(join(cwd, 'packages/core'), { recursive: true });
    writeFileSync(join(cwd, 'packages/core/package.json'), '{ "name": "@mdctr/core" }');
    const inside = await make(cwd, { out: 'examples/foo' });
    expect(manifest(inside.folder)).toMatchObject({
      peerDependencies: { '@mdctr/core': 'workspace:^' },
      devDependencies: { '@mdctr/testkit': 'workspace:*' },
    });
    expect(inside.files.filter((file) => file.startsWith('.github'))).toEqual([]);
    expect(inside.next).toEqual([
      'npx -y pnpm@10 install',
      'npx -y pnpm@10 build',
      'npx -y pnpm@10 --dir examples/foo test',
      'npx -y pnpm@10 --dir examples/foo study',
    ]);
    const beside = await make(cwd, { out: 'foo' });
    expect(beside.files).toContain('.github/workflows/ci.yml');
    expect(manifest(beside.folder).devDependencies!['@mdctr/testkit']).toMatch(/^\^\d/);
    expect(beside.note).toContain('--out examples/');
  });
});

describe('a single file', () => {
  it('comes with a study beside it, among other files', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'log.csv'), '');
    const made = await make(cwd, { singleFile: true });
    expect(readdirSync(cwd).sort()).toEqual(['foo.ts', 'log.csv', 'study.json']);
    expect(readFileSync(join(cwd, 'study.json'), 'utf8')).toContain('"plugins": ["./foo.ts"]');
    expect(made.next).toEqual(['npx mdctr bench study.json']);
  });

  it('never goes over one that is there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'study.json'), 'mine');
    await expect(make(cwd, { singleFile: true })).rejects.toMatchObject({ code: 'MDCTR_NEW_FOLDER' });
    expect(readdirSync(cwd)).toEqual(['study.json']);
    expect(readFileSync(join(cwd, 'study.json'), 'utf8')).toBe('mine');
  });
});

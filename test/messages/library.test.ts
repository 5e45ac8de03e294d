import { Random } from '@mdctr/base';
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dnn } from '@mdctr/backbones';
import { DomainPlugin, Plugin, Registry, type DomainBatch, type HiddenInterceptor } from '@mdctr/core';
import { findRecipe, getDataset, type Recipe } from '@mdctr/recipes';
import { placements } from '@mdctr/statistics';
import { mean, ParameterStore, runtime, sub, type Tensor } from '@mdctr/tensor';
import { examinePlugin, type PluginCheckOptions } from '@mdctr/testkit';
import { Type } from 'typebox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mdctr, root } from '../support/command.js';
import { builtinRegistry } from '../support/registry.js';
import { expectDocumented } from './run-cases.js';

// What no command line can bring about: mistakes of an author or of a library user, and those of a server.

const messageOf = async (make: () => unknown): Promise<string> => {
  try {
    await make();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

function expectExample(code: string, message: string): void {
  expect(message.startsWith(`${code}: `), message).toBe(true);
  expectDocumented(code, message);
}

class Bare extends DomainPlugin {}

describe('mistakes of authors and library users', () => {
  it.each([
    ['MDCTR_UNIT_NAME', () => Plugin('My Plugin')],
    ['MDCTR_UNIT_SCHEMA', () => Plugin('mine', { options: Type.Object({ rate: Type.Number({ default: 1 }) }) })],
    ['MDCTR_UNIT_UNDECORATED', () => new Registry().add(Bare, 'my-package')],
    ['MDCTR_UNIT_UNKNOWN', () => builtinRegistry().get('plugin', 'adaspars')],
    ['MDCTR_RUNTIME_NOT_READY', () => runtime()],
    ['MDCTR_STATISTICS_INPUT', () => placements([0.1, 0.2, 0.3], [0, 0, 0])],
  ])('%s', async (code, make) => {
    expectExample(code, await messageOf(make));
  });
});

describe('mistakes about TensorFlow', () => {
  it('MDCTR_TIER_UNKNOWN', () => {
    const { code, stderr } = mdctr(['doctor'], { env: { MDCTR_TIER: 'gpu' } });
    expect(code).toBe(1);
    expectExample('MDCTR_TIER_UNKNOWN', stderr.trimEnd());
  });

  it('MDCTR_RUNTIME_UNAVAILABLE', () => {
    const cache = mkdtempSync(join(tmpdir(), 'mdctr-messages-'));
    const env = { PATH: '/nowhere', MDCTR_TIER: 'compiled', MDCTR_CACHE_DIR: cache };
    const { code, stderr } = mdctr(['doctor'], { env });
    expect(code).toBe(1);
    expectExample('MDCTR_RUNTIME_UNAVAILABLE', stderr.slice(stderr.indexOf('MDCTR_')).trimEnd());
  });
});

describe('downloads', () => {
  afterEach(() => vi.unstubAllGlobals());
  const [file] = findRecipe('open-bandit').downloads;
  const name = 'open_bandit_dataset.zip';
  const recipe: Recipe = { ...findRecipe('open-bandit'), downloads: [file!] };
  const answers = (body: string, init?: ResponseInit): unknown =>
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
  const get = async (more: object = {}, of = recipe): Promise<string> => {
    const out = mkdtempSync(join(tmpdir(), 'mdctr-messages-'));
    const message = await messageOf(() => getDataset(of, { out, plugins: [], retries: 0, ...more }));
    return message.replaceAll(out, 'data/open-bandit');
  };

  it('MDCTR_DOWNLOAD_FAILED', async () => {
    answers('gone', { status: 404, statusText: 'Not Found' });
    expectExample('MDCTR_DOWNLOAD_FAILED', await get());
  });

  it('MDCTR_DOWNLOAD_CHECKSUM', async () => {
    answers('something else');
    const checksum = { algorithm: 'md5', digest: '0123456789abcdef0123456789abcdef' } as const;
    const message = await get({}, { ...recipe, downloads: [{ ...file!, checksum }] });
    expectExample('MDCTR_DOWNLOAD_CHECKSUM', message);
  });

  it('MDCTR_DOWNLOAD_SPACE', async () => {
    answers('', { headers: { 'content-length': '412931917' } });
    expectExample('MDCTR_DOWNLOAD_SPACE', await get({ freeBytes: () => Promise.resolve(20_000_000) }));
  });

  it('MDCTR_ARCHIVE_DAMAGED', async () => {
    answers('no archive at all');
    const message = await get();
    expect(message).toContain(name);
    expectExample('MDCTR_ARCHIVE_DAMAGED', message);
  });
});

describe('the testkit', () => {
  /** Takes from every row the mean of the batch, so that rows see one another. */
  @Plugin('batch-mean', { description: 'For tests.' })
  class BatchMean extends DomainPlugin {
    override hidden(): HiddenInterceptor {
      return (h: Tensor, _batch: DomainBatch) => sub(h, mean(h));
    }
  }
  @Plugin('idle', {
    description: 'For tests.',
    options: Type.Object({ rate: Type.Number({ minimum: 0, default: 1, description: 'Rate.' }) }),
  })
  class Idle extends DomainPlugin {}
  const id = 'domains/rows-do-not-see-each-other';
  const options: PluginCheckOptions = {
    identity: { none: 'none' },
    backbones: [{ label: 'dnn', cls: Dnn, options: { hiddenUnits: [4] } }],
    only: [id],
  };
  const first = async (cls: typeof DomainPlugin, more: Partial<PluginCheckOptions> = {}): Promise<string> =>
    (await examinePlugin(cls as never, { ...options, ...more }))[0]!.message!;

  it('MDCTR_CHECK_FAILED', async () => {
    // Differences of random numbers: the digits after the third depend on the processor.
    const message = (await first(BatchMean)).replace(/\d\.\d{3}\d*(e-?\d+)?/g, (number) =>
      Number(number).toPrecision(2),
    );
    expectExample('MDCTR_CHECK_FAILED', message);
  });

  it('MDCTR_CHECK_PASSED_UNEXPECTEDLY', async () => {
    expectExample(
      'MDCTR_CHECK_PASSED_UNEXPECTEDLY',
      await first(Idle, { expectedFailures: { [id]: 'rows see one another' } }),
    );
  });

  it('MDCTR_CHECK_UNKNOWN', async () => {
    const expectedFailures = { [id]: { reason: 'rows see one another', backbones: ['dcn'] } };
    expectExample('MDCTR_CHECK_UNKNOWN', await messageOf(() => examinePlugin(Idle, { ...options, expectedFailures })));
  });

  it('MDCTR_CHECK_OPTIONS', async () => {
    // Thrown inside of a check, whose message holds it.
    const message = await first(Idle, { variants: { negative: { rate: -1 } } });
    expectExample('MDCTR_CHECK_OPTIONS', /MDCTR_CHECK_OPTIONS: .*/.exec(message)![0]);
  });

  it('MDCTR_CHECK_RUNNER', () => {
    const hook = `export const resolve = (name, context, next) => { if (name === 'vitest') throw new Error('none'); return next(name, context); };`;
    const script = `
      import { register } from 'node:module';
      register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});
      const { checkPlugin } = await import(${JSON.stringify(join(root, 'packages/testkit/dist/index.js'))});
      const { DomainPlugin, Plugin } = await import(${JSON.stringify(join(root, 'packages/core/dist/index.js'))});
      class Mine extends DomainPlugin {}
      Plugin('mine', { description: 'For tests.' })(Mine);
      try { checkPlugin(Mine, { identity: { none: 'none' } }); } catch (error) { console.log(error.message); }`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      cwd: root,
    });
    expectExample('MDCTR_CHECK_RUNNER', stdout.trimEnd());
  });
});

it('MDCTR_PARAMETER_DUPLICATE', async () => {
  const store = new ParameterStore(new Random(1));
  const zeros = (): Float32Array => new Float32Array(1);
  store.create('dnn/logit/bias', [1], zeros);
  expectExample('MDCTR_PARAMETER_DUPLICATE', await messageOf(() => store.create('dnn/logit/bias', [1], zeros)));
  store.dispose();
});

import { MdctrError } from '@mdctr/base';
import { enableTypeScript, loadPackages } from '@mdctr/config';
import { register } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Registry, unitOf, type Unit } from '@mdctr/core';
import { collectChecks, type CheckResult, type DeclaredChecks } from '@mdctr/testkit/checks';
import { checkUnit, refuseFilter } from './check-units.js';
import type { CheckProgress, CheckRequest, UnitFound } from './messages.js';
import { classIn, frameIn } from './place.js';

// The process that checks run in: a fresh one each time, so that edited modules are really loaded again.

Error.stackTraceLimit = 100; // the author's frame may lie below many of the gradient's

/** The author's files, as they are loaded. */
const files = new Set<string>();

/** A file that does not load; the message says which. */
class NotLoaded extends Error {
  constructor(
    readonly file: string,
    override readonly cause: unknown,
  ) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(cause instanceof SyntaxError ? said : `${file} could not be loaded: ${said}`);
  }
}

const { port1: loaded, port2: loader } = new MessageChannel();

function watchLoading(): void {
  enableTypeScript(); // before: of module hooks the last are asked first, and core's do not ask others about .ts files
  const instead = {
    '@mdctr/testkit': import.meta.resolve('@mdctr/testkit'),
    vitest: new URL('vitest-stand-in.js', import.meta.url).href,
  };
  register('./hooks.js', import.meta.url, { data: { port: loader, instead }, transferList: [loader] });
}

/** Takes note of what was loaded since, and passes it on. */
function noteFiles(): void {
  const before = files.size;
  for (let one = receiveMessageOnPort(loaded); one; one = receiveMessageOnPort(loaded))
    files.add(one.message as string);
  if (files.size > before) tell({ kind: 'files', files: [...files] });
}

/** Core's loader; its words about packages are of no use here. */
async function unitsOf(entries: readonly string[]): Promise<readonly Unit[]> {
  const registry = new Registry();
  for (const file of entries) {
    try {
      await loadPackages(registry, [{ specifier: file, baseDir: dirname(file) }]);
    } catch (error) {
      if (error instanceof MdctrError && error.code === 'MDCTR_PACKAGE_LOAD') throw new NotLoaded(file, error.cause);
      throw error;
    }
  }
  return registry.list();
}

async function declaredIn(tests: readonly string[]): Promise<readonly DeclaredChecks[]> {
  const declared: DeclaredChecks[] = [];
  for (const test of tests) {
    try {
      declared.push(...(await collectChecks(() => import(pathToFileURL(test).href))));
    } catch (error) {
      throw new NotLoaded(test, error);
    }
  }
  return declared;
}

async function check(request: CheckRequest): Promise<void> {
  const units = await unitsOf(request.entries);
  const declared = await declaredIn(request.tests);
  noteFiles();
  const declaredBy = (unit: Unit): DeclaredChecks | undefined =>
    declared.find(({ kind, cls }) => kind === unit.kind && unitOf(cls)?.name === unit.name);
  const found = units.map((unit): UnitFound => {
    const { kind, name, options } = unit;
    return { kind, name, declared: !!declaredBy(unit), options: Object.keys(options.properties ?? {}) };
  });
  tell({ kind: 'units', units: found });
  refuseFilter(units, request);
  for (const unit of units) {
    const onResult = (result: CheckResult): void => tell({ kind: 'result', result: placed(result, unit) });
    await checkUnit(unit, declaredBy(unit), request, onResult);
  }
}

/** Where the error was thrown, or else where the class stands. */
function placed(result: CheckResult, { cls }: Unit): CheckResult & { place?: string } {
  if (result.status !== 'failed' && result.status !== 'passed unexpectedly') return result;
  const place = frameIn(result.stack, files) ?? classIn(cls.name, files);
  return { ...result, ...(place !== undefined && { place }) };
}

function explain(error: unknown): CheckProgress {
  noteFiles();
  if (error instanceof MdctrError) {
    return { kind: 'broken', message: error.message, input: error.code.startsWith('MDCTR_DEV_') };
  }
  if (!(error instanceof Error)) return { kind: 'broken', message: String(error) };
  const cause = error instanceof NotLoaded ? error.cause : error;
  const place = frameIn((cause as Error | undefined)?.stack, files);
  if (error instanceof NotLoaded) tellMissing(error.message);
  const message = error instanceof NotLoaded ? error.message : (error.stack ?? error.message);
  return { kind: 'broken', message, ...(place !== undefined && { place }) };
}

/** A file that is imported and not there yet: it counts when it is saved. */
function tellMissing(message: string): void {
  const file = /Cannot find module '(.+?)\.[jt]s' imported/.exec(message)?.[1];
  if (file !== undefined) tell({ kind: 'files', files: [`${file}.ts`, `${file}.js`] });
}

function tell(progress: CheckProgress): void {
  if (process.connected) process.send!(progress);
}

// The parent is done, or was killed: nothing runs on unseen.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of a terminal; the parent decides what comes of it.
process.on('SIGINT', () => undefined);

process.once('message', (request: CheckRequest) => {
  watchLoading();
  check(request)
    .catch((error: unknown) => tell(explain(error)))
    .finally(() => tell({ kind: 'done' }));
});

import { MdctrError } from '@mdctr/base';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { KEYS, listenToKeys } from './keys.js';
import { Loop, type RunKind, type RunOutcome } from './loop.js';
import { CheckPrinter } from './print-checks.js';
import { runChecks } from './run-checks.js';
import { runSmallStudy, type MdctrCommand } from './run-small-study.js';
import { Screen } from './screen.js';
import { smallStudy } from './small-study.js';
import { studyText } from './study-text.js';
import { openTarget, type Target } from './target.js';
import { FileWatch } from './watch-files.js';

export interface DevOptions {
  /** A study's config; false for none. */
  readonly study?: string | false;
  /** Every check, not the quick ones alone. */
  readonly all?: boolean;
  /** Labels or short names of the backbones to check on and to study. */
  readonly backbone?: readonly string[];
  /** Part of the ids of the checks to run. */
  readonly filter?: string;
  /** Says why checks are not applicable. */
  readonly verbose?: boolean;
}

/** How the surroundings take part. */
export interface DevContext {
  readonly command: MdctrCommand;
  /** Names of the plugins that a new method is shown beside. */
  readonly references: readonly string[];
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** 0: all is well; 1: something failed; 2: what was asked for does not exist. */
export type ExitCode = 0 | 1 | 2;

/**
 * Checks and a small study, once.
 * @throws MdctrError MDCTR_DEV_TARGET, MDCTR_DEV_STUDY
 */
export async function devOnce(name: string, options: DevOptions, context: DevContext): Promise<ExitCode> {
  const session = new Session(openTarget(name, options.study || undefined), options, context);
  const outcome = await session.run('all', context.signal);
  if (session.wrongInput) return 2;
  return outcome === 'passed' ? 0 : 1;
}

/**
 * Checks and a small study, now and after each save, until the signal or the key q ends it.
 * @throws MdctrError MDCTR_DEV_TARGET, MDCTR_DEV_STUDY
 */
export async function devWatch(name: string, options: DevOptions, context: DevContext): Promise<void> {
  const { signal } = context;
  const target = openTarget(name, options.study || undefined);
  const screen = new Screen();
  const waiting = `Waiting for the next save.${process.stdin.isTTY ? ` ${KEYS}` : ''}`;
  const files = [...target.entries, ...target.tests, ...(target.study === undefined ? [] : [target.study])];
  const watch = new FileWatch(files, (file) => {
    screen.line(`\nSaved: ${relative(process.cwd(), file)}`);
    loop.saved();
  });
  const session = new Session(target, options, context, screen, (seen) => watch.add(seen));
  const loop = new Loop({
    run: (kind, controller) => session.run(kind, controller),
    onIdle: () => screen.line(waiting),
  });
  await watch.ready();
  let release: () => void = () => undefined;
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve());
      release = listenToKeys({ again: () => loop.start('all'), study: () => loop.start('study'), quit: resolve });
      loop.start('all');
    });
  } finally {
    release();
    await loop.end();
    await watch.close();
  }
}

/** Runs one after the other on one target. */
class Session {
  wrongInput = false;
  private units: CheckPrinter['units'] = [];

  constructor(
    private readonly target: Target,
    private readonly options: DevOptions,
    private readonly context: Omit<DevContext, 'signal'>,
    private readonly screen = new Screen(),
    private readonly onFiles: (files: readonly string[]) => void = () => undefined,
  ) {}

  async run(kind: RunKind, signal: AbortSignal): Promise<RunOutcome> {
    if (kind === 'all' || this.units.length === 0) {
      const checked = await this.check(signal);
      if (checked !== 'passed') return checked;
    }
    return this.options.study === false ? 'passed' : this.study(signal);
  }

  private async check(signal: AbortSignal): Promise<RunOutcome> {
    const { target, options } = this;
    const printer = new CheckPrinter(this.screen, target.folder, this.options.verbose);
    const { all = false, backbone, filter } = options;
    const request = {
      entries: target.entries,
      tests: target.tests,
      all,
      ...(backbone && { backbones: backbone }),
      ...(filter !== undefined && { filter }),
    };
    await runChecks(request, {
      signal,
      onProgress: (progress) => (progress.kind === 'files' ? this.onFiles(progress.files) : printer.show(progress)),
    });
    if (signal.aborted) {
      this.screen.status('');
      return undefined;
    }
    printer.end();
    this.units = printer.units;
    this.wrongInput = printer.wrongInput;
    return printer.ok ? 'passed' : 'failed';
  }

  private async study(signal: AbortSignal): Promise<RunOutcome> {
    const folder = await mkdtemp(join(tmpdir(), 'mdctr-dev-'));
    this.screen.status('study: reading the data');
    try {
      const study = await smallStudy(this.target, this.units, folder, {
        backbones: this.options.backbone,
        references: this.context.references,
      });
      const outcome = await runSmallStudy(study, join(folder, 'results'), this.context.command, {
        signal,
        onTrial: (trial, trials) => this.screen.status(`study: trial ${trial} of ${trials}`),
      });
      if (!outcome) return undefined;
      const failed = outcome.kind === 'failed';
      const notes = study.notes.map((note) => `\n${note}`).join('');
      this.screen.line(`${notes}\n${failed ? `The study failed.\n${outcome.message}` : studyText(outcome.results)}`);
      return failed ? 'failed' : 'passed';
    } catch (error) {
      if (!(error instanceof MdctrError)) throw error;
      this.screen.line(`\n${error.message}`); // e.g. a study that is just being written
      return 'failed';
    } finally {
      this.screen.status('');
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

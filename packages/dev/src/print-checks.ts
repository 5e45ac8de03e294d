import { relative } from 'node:path';
import type { CheckProgress, PlacedResult, UnitFound } from './check-process/messages.js';
import type { Screen } from './screen.js';

/** Prints checks as they end: what passed as a number, what failed with its message and place. */
export class CheckPrinter {
  private readonly began = performance.now();
  private readonly counts = { passed: 0, failed: 0, 'not applicable': 0, 'failed as expected': 0 };
  /** What has been printed in full, and how many alike came after it. */
  private readonly told = new Map<string, { readonly label: string; alike: number }>();
  /** Why checks had nothing to look at: ids by reason. */
  private readonly left = new Map<string, Set<string>>();
  /** An option of the command fits nothing. */
  wrongInput = false;
  private broken = false;
  units: readonly UnitFound[] = [];

  constructor(
    private readonly screen: Screen,
    private readonly folder: string,
    private readonly verbose = false,
  ) {}

  get ok(): boolean {
    return this.counts.failed === 0 && !this.broken;
  }

  show(progress: CheckProgress): void {
    if (progress.kind === 'units') this.begin(progress.units);
    if (progress.kind === 'result') this.result(progress.result);
    if (progress.kind === 'broken') {
      this.broken = true;
      if (progress.input) this.wrongInput = true;
      if (progress.input) this.screen.error(progress.message);
      else this.fail(progress.message, progress.message, progress.place);
    }
  }

  /** The last line. */
  end(): void {
    for (const { label, alike } of this.told.values()) {
      if (alike > 0) this.screen.line(`${alike} more failed alike: ${label}`);
    }
    const { passed, failed, ...others } = this.counts;
    if (passed + failed === 0) {
      if (!this.broken) this.screen.line('No check was run: none of those chosen has anything to look at.');
      return this.screen.status('');
    }
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1);
    const rest = Object.entries(others).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
    const parts = [`${passed} checks passed`, ...(failed > 0 ? [`${failed} FAILED`] : []), ...rest];
    this.screen.line(`${parts.join(', ')} (${seconds} s)`);
    if (!this.verbose) return;
    for (const [reason, ids] of this.left) this.screen.line(`  not applicable: ${[...ids].join(', ')}: ${reason}`);
  }

  private begin(units: readonly UnitFound[]): void {
    this.units = units;
    for (const { kind, name, declared } of units) {
      const without = declared
        ? ''
        : ' (no test says how it is checked; without one it is not known at which options it changes nothing)';
      this.screen.line(`${kind} ${name}${without}`);
    }
  }

  private result(result: PlacedResult): void {
    const { status, id, subject, message = '', thrown, place } = result;
    const failed = status === 'failed' || status === 'passed unexpectedly';
    this.counts[failed ? 'failed' : status]++;
    if (status === 'not applicable') this.left.set(message, (this.left.get(message) ?? new Set()).add(id));
    // What throws everywhere, or fails on each backbone, is told once.
    if (failed) this.fail(thrown ?? id, message, place);
    this.screen.status(`${this.counts.passed} passed, ${this.counts.failed} failed; ${subject}: ${id}`);
  }

  private fail(label: string, message: string, place: string | undefined): void {
    const key = `${label} ${place}`;
    const before = this.told.get(key);
    if (before) {
      before.alike++;
      return;
    }
    this.told.set(key, { label, alike: 0 });
    const at = place === undefined ? [] : [`at ${this.shown(place)}`];
    this.screen.line(['', ...at, this.shown(withoutFrames(message)), ''].join('\n'));
  }

  /** Paths as seen from where the author is. */
  private shown(text: string): string {
    const from = relative(process.cwd(), this.folder);
    return text.replaceAll(`${this.folder}/`, from === '' ? '' : `${from}/`);
  }
}

/** An error's frames say less than its place. */
const withoutFrames = (message: string): string =>
  message
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n');

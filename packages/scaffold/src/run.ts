import type { Hook, Kind, Licence } from './choices.js';
import { scaffold, type ScaffoldRequest } from './scaffold.js';

/** Flags, and the name, of the command. */
export interface RunOptions {
  readonly kind?: Kind;
  readonly name?: string;
  readonly hook?: Hook;
  readonly license?: Licence;
  readonly author?: string;
  readonly out?: string;
  readonly singleFile?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Asks for what is open, if it may, writes, and says what to run next. */
export async function run({ license, yes: _yes, json, ...options }: RunOptions, asks: boolean): Promise<void> {
  const given = { ...options, ...(license && { licence: license }) };
  const request: ScaffoldRequest = asks
    ? await (await import('./ask.js')).ask(given)
    : { kind: 'plugin', ...given, name: given.name! };
  const made = await scaffold(request);
  if (json) {
    process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
    return;
  }
  const lines = [
    `Written: ${made.folder}`,
    ...made.files.map((file) => `  ${file}`),
    ...(made.note === undefined ? [] : ['', made.note]),
    '',
    made.next.length > 1 ? 'Run next:' : 'Run it:',
    ...made.next.map((command) => `  ${command}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

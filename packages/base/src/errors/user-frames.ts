import { fileURLToPath } from 'node:url';
import { packageIn, packageOf, type Manifest } from '../packages/manifest.js';

/** Most frames of a stack that are shown. */
const MOST = 6;

/**
 * The frames of a stack that are a package's own: those of Node, of mdctr, of TensorFlow and of what is installed in `node_modules`
 * are left out, but for packages there that are made for mdctr.
 * @param ownPackage folder whose files count in any case.
 * @returns `FILE:LINE:COLUMN, in FUNCTION`, innermost first.
 */
export function userFrames(error: unknown, ownPackage?: string): string[] {
  const lines = String((error as Error | undefined)?.stack ?? '').split('\n');
  const frames = lines.flatMap((line) => frameOf(line) ?? []);
  const foreign = new Map<string, boolean>();
  const isForeign = (file: string): boolean => {
    if (
      ownPackage !== undefined &&
      file.startsWith(ownPackage) &&
      !file.slice(ownPackage.length).includes('node_modules')
    )
      return false;
    const known = foreign.get(file);
    if (known !== undefined) return known;
    const installed = INSTALLED.exec(file);
    const name = installed?.[1]!.replace('\\', '/') ?? packageOf(file)?.manifest.name ?? '';
    const answer =
      /^(@mdctr\/(?!example)|@tensorflow\/|mdctr$)/.test(name) ||
      (installed !== null && !isMadeForMdctr(packageIn(installed[0])?.manifest ?? {}));
    foreign.set(file, answer);
    return answer;
  };
  return frames
    .filter(({ file }) => !isForeign(file))
    .slice(0, MOST)
    .map(({ file, place, name }) => `${file}:${place}${name === undefined ? '' : `, in ${name}`}`);
}

/** The folder of the package, and its name, that a file below `node_modules` belongs to: the innermost. */
const INSTALLED = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;

const isMadeForMdctr = ({ dependencies, peerDependencies }: Manifest): boolean =>
  Object.keys({ ...dependencies, ...peerDependencies }).some((name) => /^(@mdctr\/|mdctr$)/.test(name));

/** `at NAME (FILE:LINE:COLUMN)` and `at FILE:LINE:COLUMN`; Node's own files, which are no paths, give undefined. */
function frameOf(line: string): { file: string; place: string; name: string | undefined } | undefined {
  const found = /^\s+at (?:(.*) \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?)(?:\?[^:]*)?:(\d+:\d+)\)?$/.exec(line);
  if (!found) return undefined;
  const file = found[2]!.startsWith('file:') ? fileURLToPath(found[2]!) : found[2]!;
  const name = found[1]?.replace(/^(async|new) (?=file:|\/)/, '').replace(/ \[as .*\]$/, '');
  return { file, place: found[3]!, name: name === '<anonymous>' ? undefined : name };
}

/** What TensorFlow's addon says before its message. */
const STATUS = /^\s*Invalid (?:TF_Status: \d+\s*\n\s*Message: |napi_status: (?:\d+\s*\n)?)/;

/** A message without the addon's status and without empty lines. */
const trimmed = (message: string): string =>
  message
    .replace(STATUS, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

/** A thrown value in words: `TypeError: x is not a function`. */
export function thrownText(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    const text = typeof thrown === 'string' ? JSON.stringify(thrown) : String(thrown);
    return `it threw no Error, but ${text}`;
  }
  const text = trimmed(thrown.message) || 'an error without a message';
  const whole = thrown.name === 'Error' ? text : `${thrown.name}: ${text}`;
  const { cause } = thrown;
  return cause instanceof Error ? `${whole} (cause: ${trimmed(cause.message)})` : whole;
}

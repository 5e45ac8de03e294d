import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MdctrError, packageOf, userFrames, thrownText } from '@mdctr/base';
import { packageError, runIn, type PackageRequest } from './locate.js';
import { syntaxSlip } from './syntax.js';

/** What a package threw when it was loaded, as an error that names the package, its place and its own part of the stack. */
export async function loadFailure(request: PackageRequest, file: string, thrown: unknown): Promise<Error> {
  const packageRoot = packageOf(file)?.root ?? dirname(file);
  if (thrown instanceof MdctrError) return thrown.details.at ? thrown : declared(request, thrown, packageRoot);
  const cause = thrown;
  const message = thrown instanceof Error ? thrown.message : '';
  const missing = missingImport(message);
  if (missing) {
    const { name, importer } = missing;
    return packageError('MDCTR_PACKAGE_LOAD', request, `imports "${name}", which is not there.`, {
      found: `the import in ${importer}`,
      hint: missing.path ? 'Correct the path of the import, or build the package.' : installHint(name, importer),
      cause,
    });
  }
  if (thrown instanceof SyntaxError) {
    const slip = await syntaxSlip(file);
    if (slip) {
      return packageError('MDCTR_PACKAGE_LOAD', request, `has a slip in its syntax: ${slip.message}`, {
        thrown: [`${slip.file}:${slip.line}:${slip.column}`],
        hint: 'Mend the line.',
        cause,
      });
    }
  }
  const frames = userFrames(thrown, packageRoot);
  return packageError('MDCTR_PACKAGE_LOAD', request, `could not be loaded: ${thrownText(thrown)}`, {
    thrown: frames.length > 0 ? frames : [linkPlace(thrown) ?? file],
    hint: 'Mend the package, or take it out of the config.',
    cause,
  });
}

/** Where an import is that Node could not link: the first line of the stack, `file:///a/b.mjs:1`. */
function linkPlace(thrown: unknown): string | undefined {
  const place = /^(file:\/\/.*):(\d+)$/m.exec(String((thrown as Error | undefined)?.stack ?? ''));
  return place ? `${fileURLToPath(place[1]!)}:${place[2]}` : undefined;
}

/** A decorator refused a class: what it says stands, with the place in the config and in the file. */
function declared(request: PackageRequest, { code, details, stack }: MdctrError, packageRoot: string): MdctrError {
  const thrown = userFrames({ stack }, packageRoot);
  return new MdctrError(code, {
    ...details,
    ...(request.at && { at: request.at }),
    ...(thrown.length > 0 && { thrown }),
  });
}

/** What an installed package lacks is for the project that has it to install. */
function installHint(name: string, importer: string): string {
  const [project, inside] = importer.split(/[\\/]node_modules[\\/]/, 2);
  if (inside !== undefined) {
    const { manifest } = packageOf(importer) ?? {};
    const listed = manifest?.dependencies?.[name] ?? manifest?.peerDependencies?.[name];
    const why = listed === undefined ? `; ${manifest?.name ?? 'the package'} should list it in its package.json` : '';
    return runIn(project!, `npm install ${name}${why}`);
  }
  const folder = packageOf(importer)?.root ?? dirname(importer);
  // Node has no hook for what `require` finds.
  const module = name.startsWith('@mdctr/') && /\.c?js$/.test(importer);
  return runIn(
    folder,
    `npm install ${name}${module ? ', or make it an ES module (.mjs), which has it from mdctr' : ''}`,
  );
}

/** Node's words on an import that leads nowhere. */
function missingImport(message: string): { name: string; importer: string; path: boolean } | undefined {
  const found =
    /^Cannot find (package|module) '([^']+)' imported from (.+)$/m.exec(message) ??
    /^Cannot find (package|module) '([^']+)'\nRequire stack:\n- (.+)$/m.exec(message);
  if (!found) return undefined;
  const name = found[2]!;
  const path = /^(\.|\/|[A-Za-z]:|file:)/.test(name);
  const npm = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  return { name: path ? name : npm, importer: found[3]!.trim(), path };
}

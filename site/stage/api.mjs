// The API of the packages that one imports, by TypeDoc from their doc comments: one page a package.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { slug } from './links.mjs';

const PACKAGES = ['core', 'tensor', 'testkit', 'study'];

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  skipErrorChecking: true, // the build has checked them
  excludePrivate: true,
  excludeInternal: true,
  disableSources: true,
  readme: 'none',
  logLevel: 'Error',
  outputFileStrategy: 'modules',
  flattenOutputFiles: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hidePageTitle: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};

/** TypeDoc counts a member and a type of one name as two headings where one is a line of a table. */
function mended(text) {
  const headings = new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading.replace(/\\(.)/g, '$1'))),
  );
  return text.replace(/\]\(#([\w-]+)-\d+\)/g, (whole, name) =>
    headings.has(name) && ![...text.matchAll(new RegExp(`^#+ ${name}\\b`, 'gim'))][1] ? `](#${name})` : whole,
  );
}

/**
 * @param {string} root the checkout
 * @param {string} scratch a folder to write to, emptied before
 * @returns pages as `collect` gives them
 */
export async function apiPages(root, scratch) {
  rmSync(scratch, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    ...OPTIONS,
    entryPoints: PACKAGES.map((name) => join(root, 'packages', name, 'src/index.ts')),
    tsconfig: join(root, 'site/tsconfig.api.json'),
  });
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not read the packages.');
  for (const child of project.children) child.name = PACKAGES.find((name) => child.name.split('/')[0] === name);
  await app.outputs.writeOutput({ name: 'markdown', path: scratch }, project);
  return PACKAGES.map((name) => {
    const { description } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const text = mended(readFileSync(join(scratch, `${name}.md`), 'utf8'))
      // An empty namespace beside a type of the same name has a page with nothing on it.
      .replace(/\[([^\]]*)\]\((?!(?:core|tensor|testkit|study)\.md)[\w.]+\.md\)/g, '$1');
    const title = `@mdctr/${name}`;
    return {
      path: `api/${name}`,
      title,
      listed: true,
      text: `---\noutline: [2, 3]\n---\n\n# ${title}\n\n${description}.\n\n${text}`,
    };
  });
}

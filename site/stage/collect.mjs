// All pages of the site: documents, and whatever file or folder of the repository they link to.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { mapLinks } from './links.mjs';

const LANGUAGES = {
  '.mjs': 'js',
  '.js': 'js',
  '.ts': 'ts',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.py': 'python',
  '.sh': 'sh',
  '.cc': 'cpp',
  '.h': 'cpp',
};
/** Larger files, and those that are no text, are named in a folder's list without a page of their own. */
const LARGEST = 100_000;

/** Where a file or folder of the repository stands on the site, without an extension. */
export function sitePath(name) {
  const path = name.replace(/^docs\//, '');
  if (path === 'README.md') return 'index';
  if (/(^|\/)README\.md$/.test(path)) return path.replace(/README\.md$/, 'index');
  if (/^[A-Z]+\.md$/.test(path)) return path.slice(0, -3).toLowerCase();
  // Beside the reference, which has the folder `api` of the site.
  if (/^api\/.*\.api\.md$/.test(path)) return path.replace(/^api\/(.*)\.api\.md$/, 'api-reports/$1');
  if (path.endsWith('.md')) return path.slice(0, -3);
  // A page `study.json.html` would be taken for a JSON file by links to it.
  return path.replaceAll('.', '-');
}

const titleOf = (text, fallback) => (/^# (.+)$/m.exec(text)?.[1] ?? fallback).replaceAll('`', '');

/** Files of the checkout by their paths; what is installed, built or hidden is left out. */
function filesBelow(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder + entry.name;
    if (/^(\..*|node_modules|dist|.*\.tsbuildinfo)$/.test(entry.name) || /^(results|site)$/.test(name)) return [];
    if (entry.isDirectory()) return filesBelow(root, `${name}/`);
    return entry.isFile() ? [name] : [];
  });
}

/**
 * @param {string} root the checkout
 * @returns pages by site path: `{ path, title, text, listed, source }`; links in `text` lead to other pages
 * @throws Error that names every link to nothing
 */
export function collect(root) {
  const files = new Set(filesBelow(root));
  const below = (folder) => [...files].filter((name) => name.startsWith(`${folder}/`)).sort();
  const isText = (name) => {
    const bytes = readFileSync(join(root, name));
    return bytes.length <= LARGEST && !bytes.includes(0);
  };
  const pages = new Map();
  const dead = [];
  const wanted = [];

  /** The site path of a file or folder, which becomes a page if it is none yet. */
  const want = (name) => {
    const own = files.has(name) ? name : [`${name}/README.md`].find((readme) => files.has(readme));
    if (own === undefined && below(name).length === 0) return undefined;
    const path = own ? sitePath(own) : `${sitePath(name)}/index`;
    if (!pages.has(path)) {
      pages.set(path, undefined);
      wanted.push({ path, name: own ?? name });
    }
    return path;
  };

  /** Relative from page to page, so that links hold under any base. */
  const link = (from, to) => {
    const relative = posix.relative(posix.dirname(from), to).replace(/(^|\/)index$/, '$1');
    return relative === '' ? './' : relative.startsWith('.') ? relative : `./${relative}`;
  };

  /** A link that is called by its file, as in the repository, is called by the page's title. */
  const titled = (text, name) =>
    text.replace(/\[[\w./-]+\.md\](?=\(([\w./-]+\.md)[#)])/g, (whole, target) => {
      const file = posix.join(posix.dirname(name), target);
      return files.has(file) ? `[${titleOf(readFileSync(join(root, file), 'utf8'), file)}]` : whole;
    });

  const rewritten = (text, name, path) =>
    mapLinks(titled(text, name), (target, isImage) => {
      const [file, anchor] = target.split('#');
      const found = posix.join(posix.dirname(name), file).replace(/\/$/, '');
      if (isImage || /\.(svg|png)$/.test(file)) {
        if (!files.has(found)) dead.push(`${name}: ${target}`);
        return target;
      }
      const to = want(found === '.' ? 'README.md' : found);
      if (to === undefined) dead.push(`${name}: ${target}`);
      return to === undefined ? target : link(path, to) + (anchor ? `#${anchor}` : '');
    });

  const listOf = (folder, path) =>
    below(folder)
      .filter((name) => !/(^|\/)README\.md$/.test(name))
      .map((name) => {
        const file = name.slice(folder.length + 1);
        const label = name.endsWith('.md') ? titleOf(readFileSync(join(root, name), 'utf8'), file) : file;
        // The sources of the packages are for a checkout; the examples are there to be read.
        const page = /^(docs|examples)\//.test(name) && isText(name);
        return page ? `- [${label}](${link(path, want(name))})` : `- ${label}`;
      })
      .join('\n');

  const make = ({ path, name }) => {
    if (!files.has(name)) {
      const title = name === 'docs/methods' ? 'Methods' : name;
      return { title, listed: false, text: `# ${title}\n\n${listOf(name, path)}\n` };
    }
    const raw = readFileSync(join(root, name), 'utf8');
    if (name.startsWith('api/')) {
      // The reference is for looking things up.
      const text = `---\nsearch: false\neditLink: false\n---\n\n${raw}`;
      return { title: /^## (.+)$/m.exec(raw)?.[1] ?? name, listed: false, text };
    }
    if (name.endsWith('.md')) {
      const text = rewritten(raw, name, path);
      const folder = posix.dirname(name);
      const files = name.endsWith('/README.md') ? `\n\n## Files\n\n${listOf(folder, path)}\n` : '';
      return { title: titleOf(raw, name), listed: !name.startsWith('packages/'), text: text + files };
    }
    const title = posix.basename(name);
    const fence = '`'.repeat(Math.max(3, ...[...raw.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    const language = LANGUAGES[extname(name)] ?? 'text';
    const text = `---\nsearch: false\neditLink: false\n---\n\n# ${title}\n\n\`${name}\`\n\n${fence}${language}\n${raw.trimEnd()}\n${fence}\n`;
    return { title, listed: false, text };
  };

  [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...[...files].filter((name) => /^docs\/.*\.md$|^examples\/[^/]+\/README\.md$/.test(name)),
  ].forEach(want);
  for (let next = wanted.shift(); next; next = wanted.shift())
    pages.set(next.path, { path: next.path, source: next.name, ...make(next) });
  if (dead.length > 0) throw new Error(`Links to nothing:\n  ${[...new Set(dead)].join('\n  ')}`);
  return [...pages.values()];
}

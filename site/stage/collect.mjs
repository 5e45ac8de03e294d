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
/** Head of a page that the search leaves out and nobody edits. */
const UNLISTED = '---\nsearch: false\neditLink: false\n---\n\n';

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
  return new Collection(root).pages();
}

/** Files of the checkout that become pages, found by following links. */
class Collection {
  #root;
  #files;
  /** Pages by site path; undefined for one that waits to be made. */
  #pages = new Map();
  #wanted = [];
  #dead = new Set();

  constructor(root) {
    this.#root = root;
    this.#files = new Set(filesBelow(root));
  }

  pages() {
    const documents = [...this.#files].filter((name) => /^docs\/.*\.md$|^examples\/[^/]+\/README\.md$/.test(name));
    for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...documents]) this.#want(name);
    for (let next = this.#wanted.shift(); next; next = this.#wanted.shift())
      this.#pages.set(next.path, { path: next.path, source: next.name, ...this.#make(next) });
    if (this.#dead.size > 0) throw new Error(`Links to nothing:\n  ${[...this.#dead].join('\n  ')}`);
    return [...this.#pages.values()];
  }

  #read(name) {
    return readFileSync(join(this.#root, name), 'utf8');
  }

  #below(folder) {
    return [...this.#files].filter((name) => name.startsWith(`${folder}/`)).sort();
  }

  #isText(name) {
    const bytes = readFileSync(join(this.#root, name));
    return bytes.length <= LARGEST && !bytes.includes(0);
  }

  /** The site path of a file or folder, which becomes a page if it is none yet; undefined where there is neither. */
  #want(name) {
    const file = [name, `${name}/README.md`].find((candidate) => this.#files.has(candidate));
    if (file === undefined && this.#below(name).length === 0) return undefined;
    const path = file ? sitePath(file) : `${sitePath(name)}/index`;
    if (!this.#pages.has(path)) {
      this.#pages.set(path, undefined);
      this.#wanted.push({ path, name: file ?? name });
    }
    return path;
  }

  /** A link that is called by its file, as in the repository, is called by the page's title. */
  #titled(text, name) {
    return text.replace(/\[[\w./-]+\.md\](?=\(([\w./-]+\.md)[#)])/g, (whole, target) => {
      const file = posix.join(posix.dirname(name), target);
      return this.#files.has(file) ? `[${titleOf(this.#read(file), file)}]` : whole;
    });
  }

  #rewritten(text, name, path) {
    return mapLinks(this.#titled(text, name), (target, isImage) => {
      const [file, anchor] = target.split('#');
      const found = posix.join(posix.dirname(name), file).replace(/\/$/, '');
      if (isImage || /\.(svg|png)$/.test(file)) {
        if (!this.#files.has(found)) this.#dead.add(`${name}: ${target}`);
        return target;
      }
      const to = this.#want(found === '.' ? 'README.md' : found);
      if (to === undefined) this.#dead.add(`${name}: ${target}`);
      return to === undefined ? target : relativeLink(path, to) + (anchor ? `#${anchor}` : '');
    });
  }

  #listOf(folder, path) {
    return this.#below(folder)
      .filter((name) => !/(^|\/)README\.md$/.test(name))
      .map((name) => {
        const file = name.slice(folder.length + 1);
        const label = name.endsWith('.md') ? titleOf(this.#read(name), file) : file;
        // The sources of the packages are for a checkout; the examples are there to be read.
        const page = /^(docs|examples)\//.test(name) && this.#isText(name);
        return page ? `- [${label}](${relativeLink(path, this.#want(name))})` : `- ${label}`;
      })
      .join('\n');
  }

  #make({ path, name }) {
    if (!this.#files.has(name)) {
      const title = name === 'docs/methods' ? 'Methods' : name;
      return { title, listed: false, text: `# ${title}\n\n${this.#listOf(name, path)}\n` };
    }
    const raw = this.#read(name);
    // The reference is for looking things up.
    if (name.startsWith('api/'))
      return { title: /^## (.+)$/m.exec(raw)?.[1] ?? name, listed: false, text: UNLISTED + raw };
    if (!name.endsWith('.md')) return sourcePage(name, raw);
    const text = this.#rewritten(raw, name, path);
    const files = name.endsWith('/README.md') ? `\n\n## Files\n\n${this.#listOf(posix.dirname(name), path)}\n` : '';
    return { title: titleOf(raw, name), listed: !name.startsWith('packages/'), text: text + files };
  }
}

/** Relative from page to page, so that links hold under any base. */
function relativeLink(from, to) {
  const relative = posix.relative(posix.dirname(from), to).replace(/(^|\/)index$/, '$1');
  return relative === '' ? './' : relative.startsWith('.') ? relative : `./${relative}`;
}

/** A file that is no document, as a page with the file in a fence. */
function sourcePage(name, raw) {
  const fence = '`'.repeat(Math.max(3, ...[...raw.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const language = LANGUAGES[extname(name)] ?? 'text';
  const heading = `# ${posix.basename(name)}\n\n\`${name}\``;
  const text = `${UNLISTED}${heading}\n\n${fence}${language}\n${raw.trimEnd()}\n${fence}\n`;
  return { title: posix.basename(name), listed: false, text };
}

// Every link of the built site: its page, its anchor, and that nothing is loaded from elsewhere.
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

const decoded = (text) => decodeURIComponent(text.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));

/** Files of a folder by their paths in it. */
export const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, join(entry.parentPath ?? entry.path, entry.name)));

/**
 * What is wrong with the links of a built site, one line each.
 * @param {string} dist folder of the site
 * @param {string} base where it stands on its host, `/` or `/docs/`
 */
export function badLinks(dist, base) {
  const files = new Set(filesOf(dist));
  const pages = new Map(
    [...files].filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
  );
  const anchors = new Map(
    [...pages].map(([name, html]) => [
      name,
      new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => decoded(id))),
    ]),
  );
  const bad = new Set();
  for (const [name, html] of pages) {
    for (const [, tag, , url] of html.matchAll(/<(a|link|script|img|source|iframe)\s[^>]*?(href|src)="([^"]*)"/g)) {
      if (/^(https?:)?\/\//.test(url)) {
        if (tag !== 'a') bad.add(`${name}: loads ${url}`);
        continue;
      }
      if (/^(mailto|data):/.test(url) || name === '404.html') continue;
      const [path, anchor] = decoded(url).split('#');
      if (path.startsWith('/') && !path.startsWith(base)) {
        bad.add(`${name}: ${url} leaves ${base}`);
        continue;
      }
      const target =
        path === '' ? name : path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(name), path);
      const file = target === '' || target.endsWith('/') || target === '.' ? posix.join(target, 'index.html') : target;
      if (!files.has(file)) bad.add(`${name}: ${url} leads to nothing`);
      else if (anchor && pages.has(file) && !anchors.get(file).has(anchor))
        bad.add(`${name}: ${url} has no such anchor`);
    }
  }
  for (const css of [...files].filter((name) => name.endsWith('.css'))) {
    const found = /(@import[^;]*|url\(["']?(https?:)?\/\/[^)]*)/.exec(readFileSync(join(dist, css), 'utf8'));
    if (found) bad.add(`${css}: loads ${found[0]}`);
  }
  return [...bad].sort();
}

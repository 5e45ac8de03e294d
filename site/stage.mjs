// Lays the pages of the site out as Markdown in `pages/`, and their list in `pages.json`, for VitePress to build.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPages } from './stage/api.mjs';
import { collect } from './stage/collect.mjs';
import { figures } from './stage/figures.mjs';
import { home } from './stage/home.mjs';

export const site = dirname(fileURLToPath(import.meta.url));
export const root = dirname(site);
const out = join(site, '.vitepress/generated');

/** Pages that begin on the line of their first heading, or with settings of their own. */
function written(page, pages) {
  if (page.path !== 'index') return figures(page.text, dirname(join(root, page.source ?? 'docs/x')));
  const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return home(page, description, new Set(pages.map(({ path }) => path)));
}

/**
 * Mermaid as it is published, for the reader's browser: bundling it again would take longer than all pages together. As `.js`, because
 * not every web server knows what `.mjs` is.
 */
function layMermaid() {
  const from = dirname(fileURLToPath(import.meta.resolve('mermaid')));
  const to = join(out, 'pages/public/mermaid');
  const chunks = 'chunks/mermaid.esm.min';
  mkdirSync(join(to, chunks), { recursive: true });
  const names = ['mermaid.esm.min.mjs', ...readdirSync(join(from, chunks)).map((name) => `${chunks}/${name}`)];
  for (const name of names.filter((one) => one.endsWith('.mjs'))) {
    const text = readFileSync(join(from, name), 'utf8').replace(/(["'][./\w-]+)\.mjs(?=["'])/g, '$1.js');
    writeFileSync(join(to, name.replace(/\.mjs$/, '.js')), text.replace(/^\/\/# sourceMappingURL.*$/m, ''));
  }
}

/**
 * Writes what has changed.
 * @param {{ api?: boolean }} [options] `api: false` leaves the pages of the API as they are: TypeDoc takes ten seconds
 * @throws Error that names every link to nothing
 */
export async function stage({ api = true } = {}) {
  layMermaid();
  const list = join(out, 'pages.json');
  const before = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  const fresh = api ? await apiPages(root, join(out, 'api')) : [];
  const documents = collect(root);
  const texts = new Map([...documents, ...fresh].map((page) => [`${page.path}.md`, written(page, documents)]));
  const kept = api ? [] : before.filter(({ path }) => path.startsWith('api/'));
  for (const { path } of before) {
    if (!texts.has(`${path}.md`) && !kept.some((page) => page.path === path))
      rmSync(join(out, 'pages', `${path}.md`), { force: true });
  }
  for (const [name, text] of texts) {
    const path = join(out, 'pages', name);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const pages = [...documents, ...kept, ...fresh].map(({ path, title, listed }) => ({ path, title, listed }));
  writeFileSync(list, JSON.stringify(pages));
  return pages;
}

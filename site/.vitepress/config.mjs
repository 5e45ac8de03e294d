import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { slug } from '../stage/links.mjs';
import { sidebar } from '../structure.mjs';
import { mermaidFences } from './mermaid.mjs';

const pages = JSON.parse(readFileSync(new URL('generated/pages.json', import.meta.url), 'utf8'));
const has = (path) => pages.some((page) => page.path === path);

/** Two lines that meet, one of them broken: a network, and a place in it. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 3h5v4h7M2 13h5V9" fill="none" stroke="%233451b2" stroke-width="2"/><circle cx="7" cy="8" r="2.5" fill="%233451b2"/></svg>';

// These two are sent to the reader's browser as text, so each stands on its own.
const words = (text) => text.split(/[\s\-–—,.;:!?()[\]{}<>|"'`/=+*#&]+/u).filter(Boolean);
/** Names are found by their parts as well: `gradientThroughCut` by "cut", MDCTR_PACKAGE_MISSING by "package". */
const wordsAndParts = (text) =>
  text
    .split(/[\s\-–—,.;:!?()[\]{}<>|"'`/=+*#&]+/u)
    .flatMap((word) => [word, ...(/_|[a-z][A-Z]/.test(word) ? word.split(/_|(?<=[a-z])(?=[A-Z])/) : [])])
    .filter(Boolean);

export default defineConfig({
  title: 'mdctr',
  description: 'Compare, compose and ship multi-domain CTR methods: backbones and plugins, like for like',
  lang: 'en-GB',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${ICON}` }]],
  base: process.env.MDCTR_DOCS_BASE ?? '/',
  vite: { build: { chunkSizeWarningLimit: 2000 } }, // the index of the search, loaded when one searches
  srcDir: '.vitepress/generated/pages',
  outDir: 'dist',
  // A sub-page's own link to nothing fails the build; `check.mjs` looks at anchors too.
  ignoreDeadLinks: false,
  markdown: {
    anchor: { slugify: slug },
    config: mermaidFences,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    sidebar: sidebar(pages),
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start/quickstart' },
      { text: 'Concepts', link: '/start/concepts' },
      { text: 'Options', link: '/reference/config' },
      { text: 'Hooks', link: '/reference/hooks' },
      { text: 'Errors', link: '/reference/errors' },
    ].filter(({ link }) => has(link.slice(1))),
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          options: { tokenize: wordsAndParts },
          searchOptions: {
            tokenize: words,
            combineWith: 'AND',
            prefix: true,
            fuzzy: 0.15,
            boost: { title: 4, titles: 2 },
            // A guide before the API's many short entries.
            boostDocument: (id) => (id.includes('/api/') ? 0.3 : 1),
          },
        },
      },
    },
  },
});

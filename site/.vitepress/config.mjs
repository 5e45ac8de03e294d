import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { slug } from '../stage/links.mjs';
import { sidebar } from '../structure.mjs';
import { mermaidFences } from './mermaid.mjs';

const pages = JSON.parse(readFileSync(new URL('generated/pages.json', import.meta.url), 'utf8'));
const has = (path) => pages.some((page) => page.path === path);

export default defineConfig({
  title: 'mdctr',
  description: 'Compare, compose and ship multi-domain CTR methods: backbones and plugins, like for like',
  lang: 'en-GB',
  base: process.env.MDCTR_DOCS_BASE ?? '/',
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
      { text: 'Start', link: '/start' },
      { text: 'Concepts', link: '/concepts' },
      { text: 'Options', link: '/config' },
      { text: 'Hooks', link: '/hooks' },
      { text: 'Errors', link: '/errors' },
    ].filter(({ link }) => has(link.slice(1))),
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // Names are found by their parts as well: `gradientThroughCut` by "cut", MDCTR_PACKAGE_MISSING by "package missing".
          options: {
            tokenize: (text) =>
              text.split(/[\s\-–—,.;:!?()[\]{}<>|"'`/=+*#&]+/u).flatMap((word) => {
                const parts = word.split(/_|(?<=[a-z])(?=[A-Z])/);
                return parts.length > 1 ? [word, ...parts] : word;
              }).filter(Boolean),
          },
          searchOptions: { prefix: true, fuzzy: 0.15, boost: { title: 4, titles: 2 } },
        },
      },
    },
  },
});

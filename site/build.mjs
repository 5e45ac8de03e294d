// Builds the site into `dist/`: lays pages out, lets VitePress build them, checks every link and anchor, and looks at the
// result in Chromium where there is one. MDCTR_DOCS_BASE is where the site will stand on its host, `/` by default;
// MDCTR_DOCS_PICTURES a folder for pictures of what was looked at.
import { join } from 'node:path';
import { build } from 'vitepress';
import { findChromium, look } from './check/browser.mjs';
import { badLinks } from './check/links.mjs';
import { site, stage } from './stage.mjs';

const base = process.env.MDCTR_DOCS_BASE ?? '/';
const dist = join(site, 'dist');

const pages = await stage();
await build(site, { logLevel: 'warn' });
const wrong = badLinks(dist, base);

const browser = findChromium();
if (browser)
  wrong.push(
    ...(await look(browser, {
      dist,
      base,
      paths: pages.map(({ path }) => path),
      pictures: process.env.MDCTR_DOCS_PICTURES,
    })),
  );
else console.log('No Chromium on the path, and MDCTR_CHROMIUM names none: not looked at in a browser.');

for (const line of wrong) console.error(line);
console.log(`site/dist: ${pages.length} pages, ${wrong.length === 0 ? 'nothing wrong' : `${wrong.length} wrong`}`);
process.exitCode = wrong.length > 0 ? 1 : 0;

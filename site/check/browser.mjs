// The built site in Chromium: pages on a desk and on a phone, light and dark, the search; no complaint, nothing from elsewhere.
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const PAGES = [
  'index',
  'start/quickstart',
  'start/concepts',
  'project/architecture',
  'reference/config',
  'reference/hooks',
  'reference/commands',
  'methods/apg',
  'examples/studies/index',
  'api/core',
];
/** For what hangs. */
const PATIENCE_MS = 5 * 60_000;
/** Both widths and both schemes in two goes; all four where pictures are wanted. */
const DESK = { screen: 'desk', viewport: { width: 1280, height: 900 } };
const PHONE = { screen: 'phone', viewport: { width: 390, height: 844 } };
const LOOKS = [
  { ...DESK, colorScheme: 'light' },
  { ...PHONE, colorScheme: 'dark' },
];
const MORE_LOOKS = [
  { ...DESK, colorScheme: 'dark' },
  { ...PHONE, colorScheme: 'light' },
];
/** What a reader looks for, and the page that has it. */
const SEARCHES = {
  gradientThroughCut: 'methods/adasparse',
  MDCTR_PACKAGE_MISSING: 'reference/errors',
  'hidden interceptor': 'reference/hooks',
};

/** The browser that MDCTR_CHROMIUM names, or the first on the path; undefined where there is none. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const places = process.env.MDCTR_CHROMIUM
    ? [process.env.MDCTR_CHROMIUM]
    : names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * What is wrong with the site as a reader sees it, one line each.
 * @param {{ dist: string, base: string, paths: string[], pictures?: string }} options `paths` are the pages there are; `pictures` a folder
 * for a picture of each page
 */
export async function look(executablePath, { dist, base, paths, pictures }) {
  const { url, stop } = await serve(dist, base);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const wrong = new Set();
  const visited = paths.filter(
    (path) => PAGES.includes(path) || readFileSync(join(dist, `${path}.html`), 'utf8').includes('class="diagram"'),
  );
  if (pictures) mkdirSync(pictures, { recursive: true });
  try {
    for (const { screen, viewport, colorScheme } of [...LOOKS, ...(pictures ? MORE_LOOKS : [])]) {
      const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
      const at = () => `${screen} ${colorScheme} ${page.url().replace(url, '')}`;
      const complain = (what) => wrong.add(`${at()}: ${what}`);
      const picture = (name) =>
        pictures && page.screenshot({ path: join(pictures, `${name}-${screen}-${colorScheme}.png`) });
      page.on('console', (message) => message.type() === 'error' && complain(message.text()));
      page.on('pageerror', (error) => complain(error));
      page.on(
        'request',
        (request) =>
          !/^(data|blob):/.test(request.url()) &&
          !request.url().startsWith(url) &&
          complain(`asks for ${request.url()}`),
      );
      const view = { page, url, base, complain, picture };
      for (const path of visited) await lookAtPage(view, path);
      for (const [query, path] of Object.entries(SEARCHES)) await lookFor(view, query, path);
      await page.context().close();
    }
  } finally {
    await browser.close();
    stop();
  }
  return [...wrong];
}

/** One page: its diagrams are drawn, and nothing is wider than the screen. */
async function lookAtPage({ page, url, complain, picture }, path) {
  await page.goto(`${url}${path}.html`, { waitUntil: 'networkidle' });
  await page
    .waitForFunction(() => !document.querySelector('pre.diagram'), undefined, { timeout: PATIENCE_MS })
    .catch(() => complain('a diagram is not drawn'));
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    width: innerWidth,
  }));
  if (scroll > width) complain(`${scroll - width} pixels wider than the screen`);
  await picture(path.replaceAll('/', '-'));
}

/** One search: the page that has the answer is among the first five. */
async function lookFor({ page, base, complain, picture }, query, path) {
  await page.locator('#local-search button').click();
  await page.locator('#localsearch-input').fill(query);
  const links = page.locator('#localsearch-list a');
  await links
    .first()
    .waitFor({ timeout: PATIENCE_MS })
    .catch(() => {});
  const found = await links.evaluateAll((all) => all.slice(0, 5).map((one) => one.getAttribute('href')));
  if (!found.some((href) => href.startsWith(`${base}${path}.html`)))
    complain(`a search for ${query} finds ${found.join(', ') || 'nothing'}`);
  await picture(`search-${query.replaceAll(' ', '-')}`);
  await page.keyboard.press('Escape');
}

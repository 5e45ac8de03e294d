import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresOf } from '../src/figures/index.js';
import { writeReport } from '../src/index.js';
import { modelOf } from '../src/model/model.js';
import { findChromium, launch, watch } from './chromium.js';
import { HOSTILE, networkOf, resultsOf, settingsStudy } from './fixture.js';

const executable = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'mdctr-report-'));
const small = resultsOf(
  { methods: ['plain', 'fusion'], domains: ['p0', 'p1'], epochs: 2, layers: ['deep/0'] },
  { networks: [networkOf('plain'), networkOf('fusion'), networkOf('plain', 'dcnv2')] },
);
const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(!executable)('the page in Chromium', () => {
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launch(executable!);
    await writeReport(join(folder, 'small.html'), small);
    const names = {
      backbones: [HOSTILE, 'dnn'],
      methods: ['plain', HOSTILE],
      domains: [HOSTILE, 'p1'],
      layers: [HOSTILE],
    };
    await writeReport(join(folder, 'settings.html'), settingsStudy());
    await writeReport(join(folder, 'hostile.html'), resultsOf({ ...names, epochs: 1 }, { study: HOSTILE }));
  });
  afterAll(async () => browser?.close());

  /** Opens a page; what it complains of, and what it asks the network for, fails the test that looks. */
  async function open(name = 'small', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    complaints.length = 0;
    watch(page, complaints);
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return page;
  }

  /** Brings every figure near the window, so that all are drawn. */
  async function walk(page: Page, which = 'figure'): Promise<number> {
    const figures = await page.locator(which).all();
    for (const figure of figures) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.live svg path').first().waitFor({ state: 'attached' });
    }
    return figures.length;
  }

  it('draws every figure, without a complaint and without the network', async () => {
    const page = await open();
    expect(await walk(page)).toBe(figuresOf(modelOf(small)).length);
    expect(await page.locator('figure.live-on').count()).toBe(await page.locator('figure').count());
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows one network at a time, as chosen, and the nearest of a pair that was not trained', async () => {
    const page = await open();
    const shown = (): Promise<(string | null)[]> =>
      page
        .locator('.network:not([hidden])')
        .evaluateAll((all) =>
          all.map((one) => `${(one as HTMLElement).dataset.backbone} ${(one as HTMLElement).dataset.method}`),
        );
    expect(await shown()).toEqual(['dnn plain']);
    await page.getByRole('combobox', { name: 'method' }).selectOption('fusion');
    expect(await shown()).toEqual(['dnn fusion']);
    await page.getByRole('combobox', { name: 'backbone' }).selectOption('dcnv2');
    expect(await shown()).toEqual(['dcnv2 plain']);
    expect(await page.getByRole('combobox', { name: 'method' }).inputValue()).toBe('plain');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('sorts the table by a click, the best first, then the other way round', async () => {
    const page = await open();
    const column = async (): Promise<number[]> =>
      (await page.locator('#results-table tbody tr td:nth-child(3)').allInnerTexts()).map(parseFloat);
    const before = await column();
    const button = page.getByRole('button', { name: 'AUC', exact: true });
    const heading = page.locator('#results-table th', { has: button });
    expect(await heading.getAttribute('aria-sort')).toBe('none');
    await button.click();
    expect(await column()).toEqual([...before].sort((a, b) => b - a));
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await button.press('Enter');
    expect(await column()).toEqual([...before].sort((a, b) => a - b));
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.context().close();
  });

  it('says what is under the pointer', async () => {
    const page = await open();
    await pointAtMark(page);
    await page.context().close();
  });

  it('has nothing that axe finds wrong, light or dark', async () => {
    const page = await open();
    await walk(page);
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations, passes } = await page.evaluate(() => {
        // Drawings are images to a reader: what is inside of them is not read.
        return (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude: [['.static'], ['.live']] });
      });
      expect(violations.map(({ id, nodes }) => [colorScheme, id, nodes[0]!.html.slice(0, 200)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'role-img-alt']));
    }
    await page.context().close();
  });

  it('gives each figure away as SVG, PNG and CSV', async () => {
    const page = await open('small', { colorScheme: 'dark' });
    const get = async (kind: string): Promise<Buffer> => {
      const waiting = page.waitForEvent('download');
      await page.locator(`#cost-auc [data-download=${kind}]`).click();
      const file = await waiting;
      expect(file.suggestedFilename()).toBe(`cost-auc.${kind}`);
      return readFileSync(await file.path());
    };
    const svg = (await get('svg')).toString();
    expect(svg.startsWith('<svg ')).toBe(true);
    expect([svg.includes('xmlns="http://www.w3.org/2000/svg"'), svg.includes('var(')]).toEqual([true, false]);
    const wellFormed = await page.evaluate((text) => {
      return new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null;
    }, svg);
    expect(wellFormed).toBe(true);
    const png = await get('png');
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(['PNG', 2700]);
    expect((await get('csv')).toString().split('\r\n')[0]).toContain('backbone,method,AUC');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('fits a phone, and draws for its width', async () => {
    const page = await open('small', PHONE);
    await walk(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const width = await page
      .locator('#cost-auc .live svg')
      .first()
      .evaluate((svg) => svg.clientWidth);
    expect(width).toBeGreaterThan(300);
    expect(width).toBeLessThan(390);
    await page.context().close();
  });

  it('shows all figures without a script, and in print', async () => {
    const plain = await open('small', { javaScriptEnabled: false });
    const heights = (page: Page): Promise<number[]> =>
      page.locator('.static svg').evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().height));
    const shown = await plain.locator('.static svg').count();
    expect(shown).toBe(figuresOf(modelOf(small)).length);
    expect((await Promise.all((await plain.locator('.tools').all()).map((one) => one.isVisible()))).some(Boolean)).toBe(
      false,
    );
    await plain.context().close();
    const page = await open('small', { colorScheme: 'dark' });
    await walk(page);
    expect((await heights(page)).filter((height) => height > 0)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect((await heights(page)).filter((height) => height > 50)).toHaveLength(shown);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(254, 254, 254)');
    await page.context().close();
  });

  it('draws a study with settings and all analyses, dark and on a phone', async () => {
    const page = await open('settings', { ...PHONE, colorScheme: 'dark' });
    // Those of the second setting are drawn by the same functions.
    expect(await walk(page, 'figure:not([id*="16-domains"])')).toBeGreaterThan(12);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });

  it('takes names for text, in the page and under the pointer', async () => {
    const page = await open('hostile');
    await walk(page);
    await pointAtMark(page);
    expect([await page.title(), await page.locator('img').count()]).toEqual([`${HOSTILE}: report`, 0]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** What axe finds wrong in the tables. Drawings are images to a reader: what is inside of them is not read. */
async function violationsOf(page: Page): Promise<unknown[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    return (globalThis as unknown as { axe: typeof axe }).axe.run({
      include: [['.analysis'], ['#results'], ['nav']],
      exclude: [['.static'], ['.live']],
    });
  });
  return violations.map(({ id, nodes }) => [id, nodes[0]!.html.slice(0, 200)]);
}

/** Puts the pointer on a mark of the first figure and waits for what is said of it. */
async function pointAtMark(page: Page): Promise<void> {
  const figure = page.locator('#auc-gain');
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('.live svg path[transform]').last().hover({ force: true });
  await figure
    .getByText(/mean gain|seed \d/)
    .first()
    .waitFor();
}

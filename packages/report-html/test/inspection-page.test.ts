import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE, inspectionOf } from '../../inspect/test/inspection.js';
import { inspectionPage } from '../src/index.js';
import { findChromium, launch } from './chromium.js';

const executable = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'mdctr-inspect-'));

describe.skipIf(!executable)('the page in Chromium', () => {
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launch(executable!);
    writeFileSync(join(folder, 'plain.html'), inspectionPage(inspectionOf(), { name: 'Trial', notes: ['A note.'] }));
    writeFileSync(join(folder, 'hostile.html'), inspectionPage(inspectionOf(HOSTILE), { name: HOSTILE }));
  });
  afterAll(async () => browser?.close());

  async function open(name = 'plain', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    complaints.length = 0;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => /^(file|data):/.test(request.url()) || complaints.push(request.url()));
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return page;
  }

  it('has nothing that axe finds wrong, light or dark, folded or not', async () => {
    const page = await open();
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: 'Unfold all' }).click();
      const { violations, passes } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => [colorScheme, id, nodes[0]!.html.slice(0, 200)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('unfolds by keyboard, and without its script', async () => {
    const page = await open('plain', { javaScriptEnabled: false });
    const kernel = page.getByRole('cell', { name: 'dnn/deep/0/kernel' });
    expect(await kernel.isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'affine' }).focus();
    await page.keyboard.press('Enter');
    expect(await kernel.isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Unfold all' }).count()).toBe(0);
    await page.context().close();
  });

  it('fits a phone, and shows everything in print', async () => {
    const page = await open('hostile', { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.getByRole('cell', { name: 'dnn/deep/0/kernel' }).isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(254, 254, 254)');
    expect([await page.title(), await page.locator('img').count()]).toEqual([`${HOSTILE}: model`, 0]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

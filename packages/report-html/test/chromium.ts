import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { requiredTool } from '../../../test/support/required-tool.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];

/** A browser of this machine: what MDCTR_CHROMIUM names, or the first on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['MDCTR_CHROMIUM'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return requiredTool('Chromium', paths.find(existsSync));
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });

/** For what hangs; playwright's own 30 s are short for a machine that is busy. */
const PATIENCE_MS = 5 * 60_000;

/** Notes what a page complains of, and what it asks the network for. */
export function watch(page: Page, complaints: string[]): void {
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('console', (message) => message.type() !== 'log' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || complaints.push(request.url()));
}

// The script of the HTML report: one file out of packages/report-html/dist, ECharts cut to what it draws. Skipped when nothing changed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const dist = join(root, 'packages/report-html/dist');
const bundle = join(dist, 'client.min.js');

/** The compiled files of a folder whose paths begin so. */
const scriptsIn = (folder, beginning) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => beginning.test(name) && name.endsWith('.js') && name !== 'client.min.js')
    .map((name) => join(folder, name));

/** Writes the bundle if it is older than what it is made of. */
export async function bundleReport() {
  const inputs = [
    ...scriptsIn(dist, /^(client|figures|model)\b/),
    ...scriptsIn(join(root, 'packages/report/dist'), /^(analyses|figures|table|text)\b|^index/),
    join(root, 'packages/metrics/dist/list.js'),
    join(root, 'pnpm-lock.yaml'),
  ];
  const changed = Math.max(...inputs.map((file) => statSync(file).mtimeMs));
  if (existsSync(bundle) && statSync(bundle).mtimeMs > changed) return;
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: dist,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(dist, 'client/main.js'),
        formats: ['iife'],
        name: 'mdctrReport',
        fileName: () => 'client.min.js',
      },
    },
  });
}

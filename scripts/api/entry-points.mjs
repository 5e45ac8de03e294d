// What has an API report: everything that third parties import. The packages that `mdctr` is made of have none, because their
// interface may change in any release (docs/project/api-stability.md).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const plugins = readdirSync(join(root, 'plugins')).sort();

/**
 * `report`: name of the file in api/; `folder`: of the package; `entry`: the declarations of the entry point, without their ending;
 * `bundled`: packages whose types stand in the report; `whole`: so do types that others use and that nobody can import.
 * @type {{ report: string, folder: string, entry: string, bundled?: string[], whole?: boolean }[]}
 */
export const entryPoints = [
  // What they pass on from base is promised by them.
  { report: 'core', folder: 'packages/core', entry: 'index', bundled: ['@mdctr/base'] },
  { report: 'tensor', folder: 'packages/tensor', entry: 'index', bundled: ['@mdctr/base'] },
  { report: 'testkit', folder: 'packages/testkit', entry: 'index' },
  { report: 'testkit-checks', folder: 'packages/testkit', entry: 'checks' },
  {
    report: 'mdctr',
    folder: 'packages/cli',
    entry: 'index',
    // What a study gives is what results.json holds: its keys are promised, wherever their types are declared.
    bundled: ['@mdctr/base', '@mdctr/inspect', '@mdctr/metrics', '@mdctr/report', '@mdctr/training'],
    whole: true,
  },
  { report: 'backbones', folder: 'packages/backbones', entry: 'index' },
  ...plugins.map((name) => ({ report: name, folder: `plugins/${name}`, entry: 'index' })),
];

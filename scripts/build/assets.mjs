// What a build adds to the compiled code: the script of the HTML report, the part of tfjs-node that @mdctr/tensor uses, and the study
// that `mdctr bench` runs when it is given none.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleReport } from './bundle-report.mjs';
import { root } from '../run.mjs';
import { vendorTfjsNode } from './vendor-tfjs-node.mjs';

vendorTfjsNode();
const quickstart = join(root, 'packages/cli/dist/quickstart');
mkdirSync(quickstart, { recursive: true });
copyFileSync(join(root, 'examples/quickstart/study.json'), join(quickstart, 'study.json'));
await bundleReport();

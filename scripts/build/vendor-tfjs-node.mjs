// The part of tfjs-node that @mdctr/tensor uses, copied into packages/tensor/vendor: its install script downloads from a host that may
// be out of reach, so the published package must not depend on it. Skipped when it has been done.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { root } from '../run.mjs';

const tensor = join(root, 'packages/tensor');
const target = join(tensor, 'vendor/tfjs-node');

/** What packages/tensor/src loads; the files that these load come with them. */
const ENTRIES = ['nodejs_kernel_backend.js', 'register_all_kernels.js', 'tensorboard.js'];

/** Sources of the addon. */
const BINDING = /^(tfjs_backend|tfjs_binding)\.cc$|\.h$/;

/** Copies what is missing, as a whole or not at all. */
export function vendorTfjsNode() {
  const manifestFile = createRequire(join(tensor, 'package.json')).resolve('@tensorflow/tfjs-node/package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  if (versionAt(target) === manifest.version) return;
  const source = dirname(manifestFile);
  const binding = readdirSync(join(source, 'binding')).filter((name) => BINDING.test(name));
  const files = [...closure(join(source, 'dist'), ENTRIES), ...binding.map((name) => join(source, 'binding', name))];
  const staging = `${target}.${process.pid}`;
  for (const file of files) {
    const copy = join(staging, relative(source, file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
  writeFileSync(join(staging, 'NOTICE.md'), notice(manifest));
  const { name, version, license } = manifest;
  const vendored = { name, version, license, type: 'commonjs', private: true };
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(vendored, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
}

/** These files and all that they load by relative paths. */
function closure(folder, entries) {
  const found = new Set();
  const add = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/\brequire\(["'](\.[^"']*)["']\)/g))
      add(join(dirname(file), `${path}.js`));
  };
  for (const entry of entries) add(join(folder, entry));
  return found;
}

function versionAt(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

const notice = ({ name, version, license }) => `# ${name} ${version}

Files of the npm package \`${name}\`, version ${version}, unchanged, without those that @mdctr/tensor does not use. Copyright Google LLC;
licence: ${license}, whose text is in the file LICENSE of @mdctr/tensor. Each file names its authors. \`package.json\` is ours.
`;

// The names that backbones and plugins of this repository have, for `npm create mdctr-plugin`, which has no registry to look into:
// written into packages/scaffold/src/built-in-names.ts from their decorators.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

export const path = 'packages/scaffold/src/built-in-names.ts';

/** The file's text. */
export function builtInNames() {
  const folders = [
    'packages/backbones/src',
    ...readdirSync(join(root, 'plugins')).map((name) => `plugins/${name}/src`),
  ];
  const names = folders.flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((file) =>
      [...readFileSync(join(root, folder, file), 'utf8').matchAll(/^@(?:Backbone|Plugin)\('([^']+)'/gm)].map(
        ([, name]) => name,
      ),
    ),
  );
  return `// Written by scripts/build/generated.mjs from the decorators of packages/backbones and plugins.

/** Names that backbones and plugins of mdctr itself have. */
export const BUILT_IN_NAMES: readonly string[] = [
${names
  .sort()
  .map((name) => `  '${name}',`)
  .join('\n')}
];
`;
}

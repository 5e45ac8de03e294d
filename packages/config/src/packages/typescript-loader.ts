import { existsSync } from 'node:fs';
import { register } from 'node:module';

let enabled = false;

/**
 * Lets this process import `.ts` files with decorators, on every supported Node, without a build or a tsconfig: users
 * write a backbone in one file and name it in the config. Stacks speak of the lines that they wrote.
 */
export function enableTypeScript(): void {
  if (enabled) return;
  enabled = true;
  const hooks = new URL('typescript-hooks.js', import.meta.url);
  // From source: what runs us reads TypeScript itself.
  if (!existsSync(hooks)) return;
  process.setSourceMapsEnabled(true);
  register(hooks);
}

import type { JsonSchema } from '@mdctr/core';

/**
 * Paths of the options below a schema that have this name, `training.epochs`, the least deep first; none in lists.
 */
export function optionPaths(schema: JsonSchema, name: string): string[] {
  const found = new Set<string>();
  const look = ({ properties = {}, oneOf = [], anyOf = [] }: JsonSchema, path: string): void => {
    for (const [key, option] of Object.entries(properties)) {
      if (key === name) found.add(path + key);
      look(option, `${path}${key}.`);
    }
    for (const branch of [...oneOf, ...anyOf]) look(branch, path);
  };
  look(schema, '');
  return [...found].sort((a, b) => a.split('.').length - b.split('.').length);
}

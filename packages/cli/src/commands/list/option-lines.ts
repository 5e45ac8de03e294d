import type { JsonSchema } from '@mdctr/core';

/** `name = default` and the meaning of each option; options inside an object by path. */
export function optionLines(schema: JsonSchema, path = ''): { assignment: string; text: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const name = path + key;
    if (option.properties) return optionLines(option, `${name}.`);
    const value = option.default === undefined ? '' : ` = ${JSON.stringify(option.default)}`;
    const choices = option.enum ? ` [${option.enum.join(', ')}]` : '';
    return [{ assignment: name + value, text: `${option.description ?? ''}${choices}` }];
  });
}

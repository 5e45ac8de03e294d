// docs/reference/hooks.md: the contract of plugins, from the doc comments of @mdctr/core.
import { declarationsOf } from './declarations.mjs';

const SOURCES = {
  plugin: 'packages/core/src/plugin/domain-plugin.ts',
  interceptors: 'packages/core/src/plugin/interceptors.ts',
  diagnostics: 'packages/core/src/plugin/diagnostics.ts',
  sites: 'packages/core/src/network/sites.ts',
  layers: 'packages/core/src/network/layer.ts',
  scope: 'packages/core/src/network/parameter-scope.ts',
  batch: 'packages/core/src/batch/domain-batch.ts',
};

const HEAD = `# Hooks

<!-- Written by scripts/docs/reference.mjs from the doc comments of @mdctr/core. -->

What a plugin may override, what it is given and what it answers with. How they fit together, with an example:
[writing-a-plugin.md](../guides/writing-a-plugin.md). B is the number of rows of a batch, G that of the domains in it, F that of fields, k the width of a
field's embedding.
`;

/** Doc comments speak of shapes such as [rows, units] and of types such as Map<K, V>; nothing in them is a link or HTML. */
const prose = (text) =>
  text.replace(/(`[^`]*`)|[[\]<]/g, (whole, code) => code ?? (whole === '<' ? '&lt;' : `\\${whole}`));

/** A declaration under a heading: its doc comment, and its members with theirs as they stand in the source. */
const section = (level, { name, doc, code }) =>
  `${'#'.repeat(level)} ${name}\n\n${doc ? `${prose(doc)}\n\n` : ''}\`\`\`ts\n${code}\n\`\`\`\n`;

/** Names of types in a signature that have a section, as links to it. */
const linked = (signature, names) =>
  [...new Set(signature.match(/\w+/g))]
    .filter((word) => names.has(word))
    .map((word) => `[${word}](#${word.toLowerCase()})`);

export function hooksPage() {
  const declared = Object.fromEntries(Object.entries(SOURCES).map(([key, file]) => [key, declarationsOf(file)]));
  const { plugin, ...others } = declared;
  const names = new Set(Object.values(others).flatMap((list) => list.map(({ name }) => name)));
  const base = plugin.find(({ name }) => name === 'DomainPlugin');
  const hooks = base.members.map(({ name, doc, code }) => {
    const types = linked(code.replace(/^\w+/, ''), names);
    return `### ${name}\n\n${prose(doc)}\n\n\`\`\`ts\n${code}\n\`\`\`\n\nTypes: ${types.join(', ') || 'none of its own'}.\n`;
  });
  const group = (title, ...keys) => [
    `## ${title}\n`,
    ...keys.flatMap((key) => declared[key].map((one) => section(3, one))),
  ];
  return [
    HEAD,
    `## The hooks of DomainPlugin\n\n${prose(base.doc)}\n`,
    ...hooks,
    ...group('Sites', 'sites'),
    ...group('Answers', 'interceptors', 'layers'),
    ...group('The batch', 'batch'),
    ...group('Parameters', 'scope'),
    ...group('Facts for reports', 'diagnostics'),
  ].join('\n');
}

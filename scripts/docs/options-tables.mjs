// Rewrites the option tables in the documents from the schemas: between `<!-- options:NAME -->` and `<!-- /options -->`.
// NAME is a backbone, a plugin, a baseline, or a section of a config (data, embedding, training, search, dimension, budget, analyses).
// With --check nothing is written, and the exit code says whether something would be. Between `<!-- datasets -->` and
// `<!-- /datasets -->` stand the recipes, and so the metrics and the metrics of comparisons.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASELINES } from '../../packages/baselines/dist/index.js';
import { closedSchema } from '../../packages/core/dist/index.js';
import { recipes } from '../../packages/recipes/dist/index.js';
import { COMPARISONS, METRICS, SELECTABLE } from '../../packages/metrics/dist/index.js';
import { AnalysisOptions } from '../../packages/report/dist/index.js';
import { Dimension, searchSchema } from '../../packages/search/dist/index.js';
import { BudgetOptions } from '../../packages/study/dist/index.js';
import { root } from '../run.mjs';

const mdctr = (...args) =>
  JSON.parse(execFileSync(process.execPath, [join(root, 'packages/cli/dist/bin.js'), ...args], { encoding: 'utf8' }));

const schemas = Object.fromEntries(mdctr('list', '--json').units.map(({ name, options }) => [name, options]));
const { data, embedding, training } = mdctr('schema').properties;
Object.assign(schemas, { data, embedding, training, dimension: closedSchema(Dimension) });
schemas.budget = { properties: { budget: closedSchema(BudgetOptions) } };
schemas.analyses = { properties: { analyses: closedSchema(AnalysisOptions) } };
for (const { name, options } of BASELINES) schemas[name] = closedSchema(options);
schemas.search = { properties: { search: closedSchema(searchSchema(SELECTABLE)) } };

/** What a value may be, in words. */
function allowed(schema) {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.anyOf) return schema.anyOf.map(allowed).join(' or ');
  if (schema.$comment) return `string or ${schema.type}`; // its name alone
  if (schema.type === 'array') return `list of ${schema.items ? allowed(schema.items) : 'values'}`;
  const limits = [
    ['≥', schema.minimum],
    ['>', schema.exclusiveMinimum],
    ['≤', schema.maximum],
    ['<', schema.exclusiveMaximum],
  ].filter(([, limit]) => limit !== undefined);
  return [schema.type, limits.map(([sign, limit]) => `${sign} ${limit}`).join(', ')].filter(Boolean).join(' ');
}

/** One line for each option; an object's options follow it by path, those of tagged forms with their tag. */
function rows(schema, path = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([key, whole]) => {
    const name = path + key;
    // One of what differs in a tag, or a list of it.
    const [one, list] = whole.anyOf ?? [];
    const option =
      one?.oneOf && list?.items ? { ...one, description: `${one.description} ${whole.description}` } : whole;
    const forms = option.oneOf ?? (option.discriminator ? option.anyOf : undefined);
    if (forms) {
      const tag = option.discriminator?.propertyName ?? Object.keys(forms[0].properties)[0];
      const choices = forms.map((form) => `\`${form.properties[tag].const}\``).join(', ');
      const options = forms.flatMap((form) => {
        const { [tag]: kind, ...properties } = form.properties;
        return rows({ properties }, `${name}.`).map((row) => ({ ...row, when: `${tag} \`${kind.const}\`` }));
      });
      return [
        { name: `${name}.${tag}`, allowed: choices, fallback: option.default?.[tag], text: option.description },
        ...options,
      ];
    }
    if (option.type === 'object' && option.properties) return rows(option, `${name}.`);
    const items = [option.items, ...(option.items?.anyOf ?? [])].find(
      (item) => item?.properties && !item.discriminator,
    );
    const inner = items ? rows(items, `${name}[].`) : [];
    return [{ name, allowed: allowed(option), fallback: option.default, text: option.description }, ...inner];
  });
}

const escape = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(schema) {
  const lines = rows(schema).map(({ name, allowed, fallback, text, when }) => {
    const value = fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``;
    return `| \`${name}\` | ${value} | ${escape(allowed)} | ${escape((when ? `(${when}) ` : '') + (text ?? ''))} |`;
  });
  if (lines.length === 0) return '(no options)';
  return ['| option | default | allowed | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function datasets() {
  const lines = recipes.map(({ name, title, rows, domains, licence, home, downloads, summary }) => {
    const how = downloads.length > 0 ? 'yes' : 'by hand';
    return `| \`${name}\` | [${title}](${home}) | ${rows?.toLocaleString('en-US') ?? '?'} | ${domains} | ${escape(licence)} | ${how} | ${escape(summary)} |`;
  });
  return [
    '| name | data set | rows | domains | licence | download | what it is |',
    '| --- | --- | ---: | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

const BETTER = { higher: 'more', lower: 'less' };

function metrics() {
  const lines = METRICS.map(({ name, label, better, description }) => {
    return `| \`${name}\` | ${label} | ${BETTER[better] ?? ''} | ${escape(description)} |`;
  });
  return ['| metric | in tables | better | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function comparisons() {
  const lines = COMPARISONS.map(
    ({ name, label, description }) => `| \`${name}\` | ${label} | ${escape(description)} |`,
  );
  return ['| name | in reports | meaning |', '| --- | --- | --- |', ...lines].join('\n');
}

/** Blocks between `<!-- NAME -->` and `<!-- /NAME -->`. */
const blocks = { datasets, metrics, comparisons };

const check = process.argv.includes('--check');
let stale = 0;
const documents = readdirSync(join(root, 'docs'), { recursive: true }).filter((name) => name.endsWith('.md'));
const files = ['README.md', ...documents.map((name) => join('docs', name))];
for (const file of files) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const listed = Object.entries(blocks).reduce(
    (text, [name, lines]) =>
      text.replace(
        new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`),
        () => `<!-- ${name} -->\n\n${lines()}\n\n<!-- /${name} -->`,
      ),
    before,
  );
  const after = listed.replace(/<!-- options:(\S+) -->\n(?:[^]*?<!-- \/options -->)?/g, (whole, name) => {
    if (!schemas[name]) throw new Error(`${file}: nothing is called "${name}".`);
    const block = `<!-- options:${name} -->\n\n${table(schemas[name])}\n\n<!-- /options -->`;
    return whole.endsWith('-->\n') ? `${block}\n` : block;
  });
  if (after === before) continue;
  stale++;
  console.log(`${file} ${check ? 'is out of date: run `pnpm options-tables`' : 'is rewritten'}`);
  if (!check) writeFileSync(path, after);
}
process.exitCode = check && stale > 0 ? 1 : 0;

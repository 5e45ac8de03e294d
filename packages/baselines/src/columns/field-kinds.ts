import type { BagTable, EncodedData } from '@mdctr/data';
import type { Column } from './column.js';
import { gather } from './gather.js';
import type { Grouping } from './grouping.js';

/** What a field's values are: groups of rows that have a mean of their own, or numbers as they are. */
export type FieldKind =
  | { readonly kind: 'groups'; readonly grouping: Grouping }
  | { readonly kind: 'number'; readonly columns: readonly Column[] };

/** The kind of each field, by what its values were encoded as. */
export function kindsOf(data: EncodedData): FieldKind[] {
  const { schema, bags } = data;
  return schema.fields.map(({ name, size }, f): FieldKind => {
    const table = bags?.[f];
    const of = idsOf(data, f);
    if (table?.weights) return { kind: 'number', columns: numbersOf(name, table, of) };
    return { kind: 'groups', grouping: { name, crossed: false, size, of, ...(table && { lists: table }) } };
  });
}

/** [N] the ids, or numbers of bags, of a field. */
function idsOf({ ids, rows, schema }: EncodedData, field: number): Int32Array {
  const fields = schema.fields.length;
  const found = new Int32Array(rows);
  for (let row = 0; row < rows; row++) found[row] = ids[row * fields + field]!;
  return found;
}

/**
 * Columns of a field of numbers: the number, and whether it is missing. A bag of id 0 alone is no value. Bags of two elements have two
 * numbers; those of more are one number that was cut into pieces, and their weights add up to it.
 */
function numbersOf(name: string, table: BagTable, of: Int32Array): Column[] {
  const { starts, elements, weights = new Float32Array() } = table;
  const bags = starts.length - 1;
  const lengths = Array.from({ length: bags }, (_, bag) => starts[bag + 1]! - starts[bag]!);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const isMissing = (bag: number): boolean =>
    lengths[bag] === 0 || (lengths[bag] === 1 && elements[starts[bag]!] === 0);
  const column = (suffix: string, valueOf: (bag: number) => number): Column => {
    const byBag = Float32Array.from({ length: bags }, (_, bag) => valueOf(bag));
    return { name: `${name}${suffix}`, values: gather(byBag, of) };
  };
  const ofBag = (bag: number, keep: (element: number) => boolean): number => {
    let sum = 0;
    for (let i = starts[bag]!; i < starts[bag + 1]!; i++) if (keep(elements[i]!)) sum += weights[i]!;
    return isMissing(bag) ? 0 : sum;
  };
  const numbers =
    longest === 2
      ? [1, 2].map((id) => column(` ${id}`, (bag) => ofBag(bag, (element) => element === id)))
      : [column('', (bag) => ofBag(bag, () => true))];
  return [...numbers, column(' missing', (bag) => (isMissing(bag) ? 1 : 0))];
}

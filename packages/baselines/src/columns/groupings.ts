import type { EncodedData } from '@mdctr/data';
import type { FieldKind } from './field-kinds.js';
import type { Grouping } from './grouping.js';

/**
 * Every way to group rows: by the values of each field of categories or lists, by domain where no field is the domain by itself, and by
 * domain and value for fields that do not follow from the domain.
 */
export function groupingsOf({ schema, domains }: EncodedData, kinds: readonly FieldKind[]): Grouping[] {
  const { domainFields, domainSources = [] } = schema;
  const single = kinds.flatMap((kind): Grouping[] => (kind.kind === 'number' ? [] : [kind.grouping]));
  const whole: Grouping = { name: 'domain', crossed: false, size: schema.domains.length, of: domains };
  const several = schema.domains.length > 2;
  const crossed = single.filter(({ name }) => several && ![...domainFields, ...domainSources].includes(name));
  return [
    ...(domainFields.length === 1 ? [] : [whole]),
    ...single,
    ...crossed.map((grouping) => crossOf(grouping, domains)),
  ];
}

/** Groups of domain and value, numbered in the order in which rows have them. */
function crossOf({ name, size, of, lists }: Grouping, domains: Int32Array): Grouping {
  const named = { name: `domain x ${name}`, crossed: true };
  if (!lists) {
    const pairs = new Numbers();
    const crossed = of.map((group, row) => pairs.numberOf(domains[row]! * size + group));
    return { ...named, size: pairs.size, of: crossed };
  }
  const bags = lists.starts.length - 1;
  const [pairs, groups] = [new Numbers(), new Numbers()];
  const [starts, elements]: [number[], number[]] = [[0], []];
  const crossed = of.map((bag, row) => {
    const number = pairs.numberOf(domains[row]! * bags + bag);
    if (number + 1 === starts.length) {
      for (let i = lists.starts[bag]!; i < lists.starts[bag + 1]!; i++)
        elements.push(groups.numberOf(domains[row]! * size + lists.elements[i]!));
      starts.push(elements.length);
    }
    return number;
  });
  const crossedLists = { starts: Int32Array.from(starts), elements: Int32Array.from(elements) };
  return { ...named, size: groups.size, of: crossed, lists: crossedLists };
}

/** Numbers from 0 for keys, in the order in which they are asked for. */
class Numbers {
  private readonly known = new Map<number, number>();

  get size(): number {
    return this.known.size;
  }

  numberOf(key: number): number {
    let number = this.known.get(key);
    if (number === undefined) this.known.set(key, (number = this.known.size));
    return number;
  }
}

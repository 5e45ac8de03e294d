import { slug } from './slug.js';

/** Names of folders for labels; two labels never share one. */
export function folderNames(labels: readonly string[]): string[] {
  return distinct(
    labels.map((label) => slug(label) || 'unnamed'),
    '-',
  );
}

/** Names that came before get numbers: two entries of one backbone with other options are then told apart. */
export function distinct(names: readonly string[], mark = '#'): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name}${mark}${i}`;
    taken.add(unique);
    return unique;
  });
}

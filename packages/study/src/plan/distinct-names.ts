import { itemAt } from '@mdctr/base';
import { slug } from './slug.js';

/** Names of folders for labels; two labels never share one. */
export function folderNames(labels: readonly string[]): string[] {
  return distinct(
    labels.map((label) => slug(label) || 'unnamed'),
    '-',
  );
}

/** Folders of settings, as parts of a path: none for one without a label, the same for all folds of a setting. */
export function settingFolders(settings: readonly { readonly label?: string }[]): string[][] {
  const labels = [...new Set(settings.map(({ label = '' }) => label))];
  const names = folderNames(labels);
  return settings.map(({ label }) => (label === undefined ? [] : [itemAt(names, labels.indexOf(label))]));
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

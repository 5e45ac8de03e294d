import type { Recipe, RecipeData } from './recipe.js';

export interface RecipeConfigOptions {
  readonly kind: 'trial' | 'study';
  /** Names of plugins: the methods of a study, all of them on one backbone of a trial. */
  readonly plugins: readonly string[];
  /** Where a file of the recipe lies, relative to the config; as in the recipe by default. */
  readonly place?: (path: string) => string;
}

/** A config that runs as it is: the recipe's data, small networks, and the methods that are asked for. */
export function recipeConfig(recipe: Recipe, { kind, plugins, place = (path) => path }: RecipeConfigOptions): object {
  const { title, summary, training = { epochs: 1, batchSize: 2048 } } = recipe;
  const common = {
    name: title,
    description: `${summary} Please cite: ${recipe.citation}. Licence: ${recipe.licence}.`,
    data: placed(recipe.data, place),
    embedding: { dim: 16 },
  };
  const backbone = { name: 'dnn', hiddenUnits: [256, 128] };
  if (kind === 'trial') return { ...common, backbone, plugins, training, seed: 1 };
  const methods = plugins.map((name) => ({ label: name, plugins: [name] }));
  return {
    ...common,
    backbones: [backbone],
    methods: [{ label: 'plain', plugins: [] }, ...methods],
    seeds: [1, 2, 3],
    training,
  };
}

/** Every path that the data section names, in order. */
export function recipePaths({ source, split }: RecipeData): string[] {
  const splitFiles = split.by === 'file' ? [split.validation, split.test] : [];
  return [source.files, ...(source.joins ?? []).map(({ files }) => files), ...splitFiles].flatMap(
    (files) => (files ?? []) as readonly string[],
  );
}

function placed(data: RecipeData, place: (path: string) => string): RecipeData {
  const { source, split } = data;
  const all = (files: unknown): string[] => ((files ?? []) as readonly string[]).map(place);
  return {
    ...data,
    source: {
      ...source,
      files: all(source.files),
      ...(source.joins && { joins: source.joins.map((join) => ({ ...join, files: all(join.files) })) }),
    },
    split: split.by === 'file' ? { ...split, validation: all(split.validation), test: all(split.test) } : split,
  };
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnitFound } from './check-process/messages.js';
import { BATCH, ROWS, smallBackbone } from './small-sizes.js';
import { SmallCopy, type SmallStudy, type StudyChoices } from './small-copy.js';
import type { Target } from './target.js';

/**
 * The target's own study made small, or one of its own in `folder`: plain against the units under work, on synthetic data.
 * @throws MdctrError of a config that cannot be read
 */
export async function smallStudy(
  target: Target,
  units: readonly UnitFound[],
  folder: string,
  { backbones, references }: StudyChoices,
): Promise<SmallStudy> {
  if (target.study !== undefined) {
    return {
      config: target.study,
      ...new SmallCopy(target.study, target.entries, units).overrides({ backbones, references }),
    };
  }
  const config = join(folder, 'study.json');
  await writeFile(config, `${JSON.stringify(ownStudy(target, units, backbones), null, 2)}\n`);
  return { config, set: [], notes: [] };
}

function ownStudy(target: Target, units: readonly UnitFound[], backbones?: readonly string[]): object {
  const names = (kind: UnitFound['kind']): string[] =>
    units.filter((unit) => unit.kind === kind).map(({ name }) => name);
  const underWork = names('backbone');
  const plugins = names('plugin');
  const on = backbones ?? (underWork.length > 0 ? ['dnn', ...underWork] : ['dnn', 'dcnv2']);
  return {
    name: `dev ${[...underWork, ...plugins].join(', ')}`,
    packages: target.entries,
    data: { source: { kind: 'synthetic', rows: ROWS } },
    embedding: { dim: 8 },
    backbones: on.map((name) =>
      smallBackbone(
        name,
        units.find((unit) => unit.kind === 'backbone' && unit.name === name),
      ),
    ),
    methods: [{ label: 'plain' }, ...plugins.map((name) => ({ label: name, plugins: [name] }))],
    seeds: [1],
    training: { epochs: 1, batchSize: BATCH, optimizer: { kind: 'adam', learningRate: 0.005 } },
  };
}

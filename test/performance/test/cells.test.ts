import { describe, expect, it } from 'vitest';
import { cellsModule, compareModule, tableModule, type Cell } from './modules.js';

const { cells, chosenCells } = cellsModule;
const aims = (list: readonly Cell[]): string[] =>
  list.flatMap(({ name, ratios }) =>
    ratios
      .filter(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined)
      .map(({ of, to, atLeast, atMost }) => `${name}: ${of} / ${to} ${atLeast ? `>= ${atLeast}` : `<= ${atMost}`}`),
  );

describe('the cells of the benchmark against PyTorch', () => {
  it('have names of their own, and ratios of what they run', () => {
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
    for (const { entries, ratios } of cells) {
      const names = entries.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(ratios.flatMap(({ of, to }) => [of, to])));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('aim at what was promised', () => {
    expect(aims(cells)).toEqual([
      'dnn, 1e6 ids: torch-rechub:dnn / ours:dnn >= 2',
      'dnn, 1e6 ids: fuxictr:dnn / ours:dnn >= 2',
      'dnn, 1e6 ids: pytorch:dnn / ours:dnn >= 1.1',
      'dnn, 1e7 ids: torch-rechub:dnn / ours:dnn >= 12',
      'dnn, 1e7 ids: fuxictr:dnn / ours:dnn >= 12',
      'dnn, 1e6 ids, bfloat16: torch-rechub:dnn / ours:dnn@bfloat16 >= 3',
      'dnn, 1e6 ids, bfloat16: fuxictr:dnn / ours:dnn@bfloat16 >= 3',
      'dcnv2, 1e6 ids: torch-rechub:dcnv2 / ours:dcnv2 >= 2',
      'dcnv2, 1e6 ids: fuxictr:dcnv2 / ours:dcnv2 >= 2',
      'dnn by vocabulary: ours:dnn, 1e7 ids / ours:dnn, 1e5 ids <= 1.3',
      ...['dnn', 'dcnv2'].flatMap((backbone) =>
        Object.entries({ adasparse: 1.15, star: 1.5, apg: 1.5 }).map(
          ([plugin, most]) =>
            `${backbone}+${plugin}, 1e6 ids: ours:${backbone}+${plugin} / ours:${backbone} <= ${most}`,
        ),
      ),
      'dnn+star by domains: ours:dnn+star, 100 domains / ours:dnn+star, 10 domains <= 1.25',
      'dnn+apg by domains: ours:dnn+apg, 100 domains / ours:dnn+apg, 10 domains <= 1.25',
      'dnn+star, 1e6 ids, 30 domains: pytorch:dnn+star-masked / ours:dnn+star >= 10',
    ]);
  });

  it('run every plugin on both backbones, on the workload of their name', () => {
    for (const backbone of ['dnn', 'dcnv2']) {
      for (const plugin of ['adasparse', 'star', 'apg', 'maml']) {
        const cell = cells.find(({ name }) => name === `${backbone}+${plugin}, 1e6 ids`)!;
        const who = cell.entries.map((entry) => entry.who);
        expect(who).toEqual([`ours:${backbone}`, `ours:${backbone}+${plugin}`, `pytorch:${backbone}+${plugin}`]);
      }
    }
    const workloadOf = (name: string): unknown => cells.find((cell) => cell.name === name)!.entries.at(-1)!.workload;
    expect(workloadOf('dnn, 1e7 ids')).toEqual({ domains: 10, vocabulary: 1e7, batch: 4096 });
    expect(workloadOf('dcnv2, 1e6 ids, batch 1024')).toEqual({ domains: 10, vocabulary: 1e6, batch: 1024 });
    expect(workloadOf('dnn+apg, 1e6 ids, 100 domains')).toEqual({ domains: 100, vocabulary: 1e6, batch: 4096 });
    expect(workloadOf('dnn+star by domains')).toEqual({ domains: 100, vocabulary: 1e6, batch: 4096 });
  });

  it('are chosen by name, and by whether they aim at something', () => {
    expect(chosenCells({ only: '^dnn, 1e7' }).map(({ name }) => name)).toEqual(['dnn, 1e7 ids']);
    const quick = chosenCells({ quick: true });
    expect(quick.length).toBeLessThan(cells.length);
    expect(aims(quick)).toEqual(aims(cells));
    for (const cell of quick) expect(aims([cell])).not.toEqual([]);
  });
});

describe('the table against PyTorch', () => {
  const entry = (name: string): Cell['entries'][number] => ({ name, who: name, workload: {} });
  const cell: Cell = {
    name: 'work',
    entries: ['ours', 'slow', 'near', 'absent'].map(entry),
    ratios: [
      { of: 'slow', to: 'ours', atLeast: 2 },
      { of: 'near', to: 'ours', atLeast: 2, atMost: 3 },
      { of: 'near', to: 'ours' },
      { of: 'absent', to: 'ours', atMost: 2 },
    ],
  };
  const blocks = new Map([
    ['ours', [[9, 10, 11], [20, 20, 20], [10, 10, 99]]],
    ['slow', [[30, 30, 30], [40, 40, 40], [20, 20, 20]]],
    ['near', [[15, 15, 15], [30, 30, 30], [15, 15, 15]]],
  ]); // prettier-ignore
  const compared = compareModule.compare(cell, blocks);

  it('compares the blocks of one round with one another', () => {
    expect(compared.entries.map(({ ms }) => ms)).toEqual([11, 30, 15, undefined]);
    expect(compared.ratios[0]).toMatchObject({ ratio: 2, lowest: 2, highest: 3 });
    expect(compared.ratios[3]).toEqual(cell.ratios[3]);
  });

  it('says what is met', () => {
    const machine = { cpu: 'A CPU', threads: 2, memoryGiB: 23.4, node: '20', tensorflow: '2', kernels: undefined };
    const lines = tableModule.asMarkdown({ machine, versions: { torch: '2.15' }, cells: [compared] }).split('\n');
    expect(lines[0]).toBe('A CPU, 2 threads, 23 GiB; Node 20, TensorFlow 2, kernels none; torch 2.15');
    expect(lines.slice(4, 8)).toEqual([
      '| work | slow / ours | 30.0 / 11.0 | 2.00 (2.00 to 3.00) | at least 2 | yes |',
      '| work | near / ours | 15.0 / 11.0 | 1.50 (1.50 to 1.50) | at least 2, at most 3 | no |',
      '| work | near / ours | 15.0 / 11.0 | 1.50 (1.50 to 1.50) |  |  |',
      '| work | absent / ours | did not run / 11.0 |  | at most 2 | not measured |',
    ]);
  });
});

// The timed programs are plain JavaScript; what the tests use of them, with its types.

export interface Ratio {
  readonly of: string;
  readonly to: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly ratio?: number;
  readonly lowest?: number;
  readonly highest?: number;
}

export interface Cell {
  readonly name: string;
  readonly entries: readonly { name: string; who: string; workload: Record<string, number>; ms?: number }[];
  readonly ratios: readonly Ratio[];
}

const load = async <T>(path: string): Promise<T> => (await import(new URL(`../${path}`, import.meta.url).href)) as T;

export const cellsModule = await load<{
  cells: readonly Cell[];
  chosenCells(choice: { only?: string; quick?: boolean }): readonly Cell[];
}>('peers/cells.mjs');

export const compareModule = await load<{
  compare(cell: Cell, blocksOf: ReadonlyMap<string, readonly number[][]>): Cell;
}>('peers/compare.mjs');

export const tableModule = await load<{ asMarkdown(results: object): string }>('peers/table.mjs');

export const endToEndTable = await load<{
  summarise(measured: object): { ratios: Record<string, Ratio>; memory: { peak: number; allowed: number } };
  asMarkdown(results: object): string;
}>('end-to-end/table.mjs');

export const logModule = await load<{
  columns: readonly string[];
  writeLog(
    folder: string,
    options: { rows: number; domains?: number; seed?: number },
  ): { train: string; validation: string; rows: number; bytes: number; bestAuc: number };
}>('end-to-end/write-log.mjs');

export const measureModule = await load<{
  measure(command: {
    program: string;
    args: readonly string[];
    aucOf(line: string): number | undefined;
  }): Promise<{ auc: number; secondsToAuc: number; seconds: number; resident: number; proportional: number }>;
}>('end-to-end/measure.mjs');

export const treeModule = await load<{
  ProcessTree: new (root: number) => { living(): number[]; resident(): number; proportional(): number };
}>('end-to-end/process-tree.mjs');

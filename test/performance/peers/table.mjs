import { median } from '../workload.mjs';

/** Medians of a cell, and their ratios to its first entry, block against block of the same round. */
export function comparison({ name, workload, atLeast }, runners) {
  const entries = runners.map((runner, i) => {
    const ms = median(runner.blocks.flat());
    if (i === 0) return { name: runner.name, ms };
    const ratios = runner.blocks.map((block, round) => median(block) / median(runners[0].blocks[round]));
    const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
    return { name: runner.name, ms, ratio: median(ratios), lowest, highest, atLeast: atLeast[runner.name] };
  });
  return { name, workload, entries };
}

export function asMarkdown({ machine, versions, cells }) {
  const lines = [
    `${machine.cpu}, ${machine.threads} threads; Node ${machine.node}, TensorFlow ${machine.tensorflow}, kernels ${machine.kernels ?? 'none'}; ` +
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    '',
    '| work | who | ms a step | theirs / ours (range over rounds) | aimed at |',
    '| --- | --- | --- | --- | --- |',
  ];
  for (const { name, entries } of cells) {
    for (const { name: who, ms, ratio, lowest, highest, atLeast } of entries) {
      const compared = ratio === undefined ? '' : `${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
      lines.push(`| ${name} | ${who} | ${ms.toFixed(1)} | ${compared} | ${atLeast ?? ''} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

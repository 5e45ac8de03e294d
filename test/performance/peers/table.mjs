import { isMet } from './compare.mjs';

/** The cells as one table: a line for each ratio. */
export function asMarkdown({ machine, versions, cells }) {
  const lines = cells.flatMap((cell) => cell.ratios.map((ratio) => line(cell, ratio)));
  return [
    machineLine(machine, versions),
    '',
    '| work | compared | ms a step | ratio (range over rounds) | aimed at | met |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

export function machineLine({ cpu, threads, memoryGiB, node, tensorflow, kernels }, versions) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const memory = memoryGiB === undefined ? '' : `, ${Math.round(memoryGiB)} GiB`;
  return `${cpu}, ${threads} threads${memory}; Node ${node}, TensorFlow ${tensorflow}, kernels ${kernels ?? 'none'}; ${packages.join(', ')}`;
}

function line({ name, entries }, ratio) {
  const ms = (of) => entries.find((entry) => entry.name === of).ms?.toFixed(1) ?? 'did not run';
  const { of, to } = ratio;
  return row([name, `${of} / ${to}`, `${ms(of)} / ${ms(to)}`, range(ratio), aim(ratio), met(ratio)]);
}

export const row = (cells) => `| ${cells.join(' | ')} |`;

/** "2.05 (1.90 to 2.20)" */
export const range = ({ ratio, lowest, highest }) =>
  ratio === undefined ? '' : `${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;

export const aim = ({ atLeast, atMost }) =>
  [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`]
    .filter(Boolean)
    .join(', ');

export function met(ratio) {
  const answer = isMet(ratio);
  if (answer === undefined) return aim(ratio) && 'not measured';
  return answer ? 'yes' : 'no';
}

import { nameOf } from '@mdctr/report/figures';
import { formatStat, mainGain, mainStat, type Gain, type StudyResults } from '@mdctr/report';
import { gainFacts } from '../model/gain-facts.js';
import { html, type Html } from './html.js';

/** The study at a glance. */
export function tiles({ table, trials, plannedTrials, data, settings = [] }: StudyResults): Html {
  const best = table
    .flatMap((row) => {
      const auc = mainStat(row);
      return auc ? [{ row, auc }] : [];
    })
    .sort((a, b) => b.auc.mean - a.auc.mean)[0];
  const finished = trials.filter(({ variant }) => variant === undefined).length;
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
  const rolling = trials.some(({ fold }) => fold !== undefined);
  const number = (value: number): string => value.toLocaleString('en-GB');
  const facts: [string, string, string?][] = [
    ...(best
      ? [
          ['Highest AUC', formatStat(best.auc), nameOf(best.row) + doubt(mainGain(best.row))] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    [
      'Trials',
      finished === plannedTrials ? number(finished) : `${number(finished)} of ${number(plannedTrials)}`,
      seeds === 1 ? 'one seed' : `${seeds} ${rolling ? 'pairs of seed and fold' : 'seeds'}`,
    ],
    ...(settings.length > 0
      ? [['Settings', number(settings.length), listed(settings.map(({ label }) => label))] as [string, string, string]]
      : []),
    [
      settings.length > 0 ? 'Rows, first setting' : 'Rows',
      number(data.rows),
      `${number(data.trainRows)} trained on, ${number(data.evaluationRows)} evaluated`,
    ],
    [settings.length > 0 ? 'Domains, first setting' : 'Domains', number(data.domains), `${number(data.fields)} fields`],
  ];
  return html`<dl class="tiles">
    ${facts.map(
      ([name, value, more]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}${more && html`<small>${more}</small>`}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The first three of a list. */
const listed = (words: readonly string[]): string =>
  words.length > 3 ? `${words.slice(0, 3).join(', ')}, …` : words.join(', ');

/** The highest figure draws the eye: where it proves nothing, that stands beside it. */
function doubt(gain: Gain | null): string {
  if (!gain || !['~', '?'].includes(gainFacts(gain).mark)) return '';
  return '; no gain over the baseline shown';
}

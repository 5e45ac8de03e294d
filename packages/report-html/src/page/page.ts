import {
  analysisTables,
  formatStat,
  mainGain,
  mainStat,
  notesOf,
  type AnalysisTable,
  type Gain,
  type StudyResults,
} from '@mdctr/report';
import { sectionOf } from '../analyses/list.js';
import type { Figure, Section } from '../figures/figure.js';
import { figuresOf } from '../figures/index.js';
import { distinct, nameOf } from '../model/cells.js';
import { gainFacts } from '../model/gain-facts.js';
import { analysesOf, modelOf } from '../model/model.js';
import { uniformMaps } from '../model/uniform-maps.js';
import { analysisTable } from './analysis-table.js';
import { figureSection } from './figure-section.js';
import { headOf } from './head.js';
import { html, Html, scriptJson } from './html.js';
import { networksSection } from './networks.js';
import { reproduction } from './reproduction.js';
import { resultsTable } from './results-table.js';
import { style } from './style.js';

const SECTIONS: readonly (readonly [Section, string])[] = [
  ['domains', 'Domains'],
  ['training', 'Training'],
  ['plugins', 'Inside the methods'],
  ['similarity', 'Overlap and similarity'],
  ['cost', 'Cost'],
  ['calibration', 'Calibration'],
];

/**
 * The whole page. `client` is the program that makes figures and table interactive; without it, and in print, the page
 * shows the same.
 */
export function pageOf(results: StudyResults, client: string): string {
  const analyses = analysesOf(results);
  const model = modelOf(results, analyses);
  const figures = figuresOf(model);
  const tables = analysisTables({ ...results, analyses });
  const inSection = (section: string): Figure[] => figures.filter((figure) => figure.section === section);
  const tablesIn = (section: string): AnalysisTable[] =>
    tables.filter(({ analysis }) => sectionOf(analysis) === section);
  const sentencesIn = (section: string): string[] => (section === 'plugins' ? uniformMaps(model) : []);
  const sections = SECTIONS.filter(([id]) => inSection(id).length + tablesIn(id).length + sentencesIn(id).length > 0);
  const { networks = [] } = results;
  const links = [
    ['results', 'Results'] as const,
    ...sections,
    ...(networks.length > 0 ? [['networks', 'Networks'] as const] : []),
    ['reproduction', 'Reproduction'] as const,
  ];
  const { description } = (results.config ?? {}) as { description?: string };
  const page = html`<!doctype html>
    <html lang="en">
      ${headOf(`${results.study}: report`, style, 'data: blob:')}
      <body>
        <a class="skip" href="#results">To the results</a>
        <div class="page">
          <header>
            <h1>${results.study}</h1>
            ${description && html`<p>${description}</p>`}
            <p class="meta">
              Report of a study, ${results.createdAt.slice(0, 10)}; metrics of the ${results.split} split.
            </p>
          </header>
          <nav aria-label="Contents">
            <ul>
              ${links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
          <main>
            <section id="results" aria-labelledby="results-title">
              <h2 id="results-title">Results</h2>
              ${tiles(results)} ${resultsTable(results)}
              <ul class="notes">
                ${notesOf(results).map((note) => html`<li>${note}</li>`)}
              </ul>
              ${folded(inSection('results'))}
            </section>
            ${sections.map(
              ([id, title]) =>
                html`<section id="${id}" aria-labelledby="${id}-heading">
                  <h2 id="${id}-heading">${title}</h2>
                  ${folded(inSection(id))} ${sentencesIn(id).map((text) => html`<p>${text}</p>`)}
                  ${tablesIn(id).map(analysisTable)}
                </section>`,
            )}
            ${networks.length > 0 && networksSection(networks)}
            <section id="reproduction" aria-labelledby="reproduction-title">
              <h2 id="reproduction-title">Reproduction</h2>
              ${reproduction(results)}
            </section>
          </main>
          <footer>Made by mdctr. One file, no network: it can be kept and sent as it is.</footer>
        </div>
        <script type="application/json" id="model">
          ${scriptJson(model)}
        </script>
        <script>
          ${new Html(client)};
        </script>
      </body>
    </html> `;
  return page.text;
}

/** So many figures of a kind stand open; of more, two do. */
const OPEN = 4;

/** Of each kind that a reader would have to scroll past, two stay open. */
function folded(figures: readonly Figure[]): Html[] {
  return distinct(figures.map(({ group }) => group)).flatMap((group) => {
    const all = figures.filter((figure) => figure.group === group);
    if (group === undefined || all.length <= OPEN) return all.map(figureSection);
    const [open, closed] = [all.slice(0, 2), all.slice(2)].map((some) => some.map(figureSection));
    return [
      ...open!,
      html`<details class="fold">
        <summary>${closed!.length} more: ${group}</summary>
        ${closed}
      </details>`,
    ];
  });
}

/** The study at a glance. */
function tiles({ table, trials, plannedTrials, data, settings = [] }: StudyResults): Html {
  const best = table
    .flatMap((row) => {
      const auc = mainStat(row);
      return auc ? [{ row, auc }] : [];
    })
    .sort((a, b) => b.auc.mean - a.auc.mean)[0];
  const finished = trials.filter(({ variant }) => variant === undefined).length;
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
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
      seeds === 1 ? 'one seed' : `${seeds} seeds`,
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

import { formatStat, notesOf, type StudyResults } from '@mdctr/report';
import type { Figure } from '../figures/figure.js';
import { figuresOf } from '../figures/index.js';
import { distinct, nameOf } from '../model/cells.js';
import { gainFacts } from '../model/gain-facts.js';
import { modelOf } from '../model/model.js';
import { figureSection } from './figure-section.js';
import { html, Html, scriptJson } from './html.js';
import { reproduction } from './reproduction.js';
import { resultsTable } from './results-table.js';
import { style } from './style.js';

const SECTIONS: readonly (readonly [Figure['section'], string])[] = [
  ['domains', 'Domains'],
  ['training', 'Training'],
  ['plugins', 'Inside the methods'],
  ['cost', 'Cost'],
  ['calibration', 'Calibration'],
];

/**
 * The whole page. `client` is the program that makes figures and table interactive; without it, and in print, the page
 * shows the same.
 */
export function pageOf(results: StudyResults, client: string): string {
  const model = modelOf(results);
  const figures = figuresOf(model);
  const inSection = (section: string): Figure[] => figures.filter((figure) => figure.section === section);
  const sections = SECTIONS.filter(([id]) => inSection(id).length > 0);
  const links = [['results', 'Results'] as const, ...sections, ['reproduction', 'Reproduction'] as const];
  const { description } = (results.config ?? {}) as { description?: string };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="mdctr" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
        />
        <title>${results.study}: report</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(style)}
        </style>
      </head>
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
              ${inSection('results').map(figureSection)}
            </section>
            ${sections.map(
              ([id, title]) =>
                html`<section id="${id}" aria-labelledby="${id}-heading">
                  <h2 id="${id}-heading">${title}</h2>
                  ${folded(inSection(id))}
                </section>`,
            )}
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

/** Of each kind that a reader would have to scroll past, two stay open. */
function folded(figures: readonly Figure[]): Html[] {
  if (figures.length <= 8) return figures.map(figureSection);
  return distinct(figures.map(({ group }) => group)).map((group) => {
    const all = figures.filter((figure) => figure.group === group);
    const [open, closed] = [all.slice(0, 2), all.slice(2)].map((some) => some.map(figureSection));
    return html`${open}${
      closed!.length > 0 &&
      html`<details class="fold">
        <summary>${closed!.length} more: ${group}</summary>
        ${closed}
      </details>`
    }`;
  });
}

/** The study at a glance. */
function tiles({ table, trials, plannedTrials, data }: StudyResults): Html {
  const best = [...table].filter(({ auc }) => auc).sort((a, b) => b.auc!.mean - a.auc!.mean)[0];
  const finished = trials.filter(({ variant }) => variant === undefined).length;
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
  const number = (value: number): string => value.toLocaleString('en-GB');
  const facts: [string, string, string?][] = [
    ...(best
      ? [['Highest AUC', formatStat(best.auc), nameOf(best) + doubt(best.gain)] as [string, string, string]]
      : []),
    [
      'Trials',
      finished === plannedTrials ? number(finished) : `${number(finished)} of ${number(plannedTrials)}`,
      seeds === 1 ? 'one seed' : `${seeds} seeds`,
    ],
    ['Rows', number(data.rows), `${number(data.trainRows)} trained on, ${number(data.evaluationRows)} evaluated`],
    ['Domains', number(data.domains), `${number(data.fields)} fields`],
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

/** The highest figure draws the eye: where it proves nothing, that stands beside it. */
function doubt(gain: StudyResults['table'][number]['gain']): string {
  if (!gain || !['~', '?'].includes(gainFacts(gain).mark)) return '';
  return '; no gain over the baseline shown';
}

import { type Figure, type Section, distinct } from '@mdctr/report/figures';
import {
  ANALYSES,
  analysisTables,
  notesOf,
  type Analyses,
  type AnalysisKey,
  type AnalysisTable,
  type StudyResults,
} from '@mdctr/report';
import { figuresOf } from '../figures/index.js';
import { analysesOf, modelOf } from '../model/model.js';
import type { ReportModel } from '../model/report-model.js';
import { uniformMaps } from '../model/uniform-maps.js';
import { analysisTable } from './analysis-table.js';
import { figureSection } from './figure-section.js';
import { headOf } from './head.js';
import { html, Html, scriptJson } from './html.js';
import { networksSection } from './networks.js';
import { reproduction } from './reproduction.js';
import { resultsTable } from './results-table.js';
import { style } from './style.js';
import { tiles } from './tiles.js';

/** Where the tables of an analysis stand: below its figures, or below the results. */
const sectionOf = (analysis: AnalysisKey): Section =>
  ANALYSES.find(({ key }) => key === analysis)?.figures?.section ?? 'results';

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
  const parts = partsOf(results, analyses, model);
  const page = html`<!doctype html>
    <html lang="en">
      ${headOf(`${results.study}: report`, style, 'data: blob:')}
      <body>
        <a class="skip" href="#results">To the results</a>
        <div class="page">
          ${header(results)}
          <nav aria-label="Contents">
            <ul>
              ${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
          <main>${parts.map(({ content }) => content)}</main>
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

function header({ study, config, createdAt, split }: StudyResults): Html {
  const { description } = (config ?? {}) as { description?: string };
  return html`<header>
    <h1>${study}</h1>
    ${description && html`<p>${description}</p>`}
    <p class="meta">Report of a study, ${createdAt.slice(0, 10)}; metrics of the ${split} split.</p>
  </header>`;
}

interface PagePart {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** The parts of the page that the study has something for. */
function partsOf(results: StudyResults, analyses: Analyses, model: ReportModel): PagePart[] {
  const { networks = [] } = results;
  const figures = figuresOf(model);
  const tables = analysisTables({ ...results, analyses });
  const inSection = (section: Section): Figure[] => figures.filter((figure) => figure.section === section);
  const tablesIn = (section: Section): AnalysisTable[] =>
    tables.filter(({ analysis }) => sectionOf(analysis) === section);
  const sections = SECTIONS.flatMap(([id, title]): PagePart[] => {
    const sentences = id === 'plugins' ? uniformMaps(model) : [];
    if (inSection(id).length + tablesIn(id).length + sentences.length === 0) return [];
    return [{ id, title, content: sectionPart(id, title, inSection(id), sentences, tablesIn(id)) }];
  });
  return [
    { id: 'results', title: 'Results', content: resultsPart(results, inSection('results'), tablesIn('results')) },
    ...sections,
    ...(networks.length > 0 ? [{ id: 'networks', title: 'Networks', content: networksSection(networks) }] : []),
    { id: 'reproduction', title: 'Reproduction', content: reproductionPart(results) },
  ];
}

const resultsPart = (results: StudyResults, figures: readonly Figure[], tables: readonly AnalysisTable[]): Html =>
  html`<section id="results" aria-labelledby="results-title">
    <h2 id="results-title">Results</h2>
    ${tiles(results)} ${resultsTable(results)}
    <ul class="notes">
      ${notesOf(results).map((note) => html`<li>${note}</li>`)}
    </ul>
    ${folded(figures)} ${tables.map(analysisTable)}
  </section>`;

const sectionPart = (
  id: Section,
  title: string,
  figures: readonly Figure[],
  sentences: readonly string[],
  tables: readonly AnalysisTable[],
): Html =>
  html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${title}</h2>
    ${folded(figures)} ${sentences.map((text) => html`<p>${text}</p>`)} ${tables.map(analysisTable)}
  </section>`;

const reproductionPart = (results: StudyResults): Html =>
  html`<section id="reproduction" aria-labelledby="reproduction-title">
    <h2 id="reproduction-title">Reproduction</h2>
    ${reproduction(results)}
  </section>`;

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

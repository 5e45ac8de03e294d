import { formatCount } from '@mdctr/base';
import { inspectionMermaid, modelName, percent, type Inspection } from '@mdctr/inspect';
import { headOf } from '../page/head.js';
import { html, Html } from '../page/html.js';
import { besideSites } from './beside-sites.js';
import { script } from './script.js';
import { siteTree } from './site-tree.js';
import { style } from './style.js';

/** What a page says beside the tree. */
export interface PageFacts {
  /** Heading and title: the config's name. */
  readonly name: string;
  /** One sentence each, e.g. where the data came from. */
  readonly notes?: readonly string[];
}

/**
 * The tree as one HTML page that needs nothing else. It unfolds by mouse and by keyboard, with and without its script,
 * and is unfolded in print. All names are escaped.
 */
export function inspectionPage(inspection: Inspection, { name, notes = [] }: PageFacts): string {
  const { sites, beside, warnings } = inspection;
  return html`<!doctype html>
    <html lang="en">
      ${headOf(`${name}: model`, style)}
      <body>
        <a class="skip" href="#tree">To the tree</a>
        <div class="page">
          <header>
            <h1>${name}</h1>
            <p class="meta">${modelName(inspection)}</p>
          </header>
          <main>
            ${tiles(inspection)}
            ${
              warnings.length > 0 &&
              html`<ul class="warnings" aria-label="Warnings">
                ${warnings.map((warning) => html`<li>${warning}</li>`)}
              </ul>`
            }
            <section id="tree" aria-labelledby="tree-title">
              <div class="heading">
                <h2 id="tree-title">Sites, in the order of the forward pass</h2>
                <div class="tools" hidden>
                  <button type="button" data-unfold="true">Unfold all</button>
                  <button type="button" data-unfold="false">Fold all</button>
                </div>
              </div>
              ${sites.map((site) => siteTree(site, inspection))}
            </section>
            ${beside.length > 0 && besideSection(inspection)} ${pluginSection(inspection)}
            <section aria-labelledby="more-title">
              <h2 id="more-title">How to read it</h2>
              <ul class="notes">
                ${[...NOTES, ...notes].map((note) => html`<li>${note}</li>`)}
              </ul>
              <details class="source">
                <summary>As a Mermaid chart</summary>
                <pre tabindex="0" role="region" aria-label="Mermaid chart">${inspectionMermaid(inspection)}</pre>
              </details>
            </section>
          </main>
          <footer>Made by mdctr inspect. One file, no network: it can be kept and sent as it is.</footer>
        </div>
        <script>
          ${new Html(script)};
        </script>
      </body>
    </html> `.text;
}

const NOTES = [
  'Several plugins at a site stand in the order in which they act; of network, tower, affine and norm the first is the outermost.',
  'Numbers of a site include all that is in it. Of copies that are alike the paths are those of the first, the numbers those of all together.',
  'FLOPs are of a forward pass, a row of the first training batch; a multiply-add is two.',
];

function tiles({ totals, plugins }: Inspection): Html {
  const { parameters, embeddings, dense, flopsPerRow } = totals;
  const number = (value: number): string => Math.round(value).toLocaleString('en-GB');
  const facts: [string, string, string][] = [
    ['Parameters', formatCount(parameters), number(parameters)],
    ['Embedding table', formatCount(embeddings), percent(embeddings / parameters)],
    ['All others', formatCount(dense), percent(dense / parameters)],
    ...(flopsPerRow === null
      ? []
      : [['FLOPs a row', formatCount(flopsPerRow), number(flopsPerRow)] as [string, string, string]]),
    ['Plugins', String(plugins.length), plugins.map(({ name }) => name).join(', ')],
  ];
  return html`<dl class="tiles">
    ${facts.map(
      ([name, value, more]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}<small>${more}</small></dd>
        </div>`,
    )}
  </dl>`;
}

function besideSection(inspection: Inspection): Html {
  return html`<section aria-labelledby="beside-title">
    <h2 id="beside-title">Beside the sites</h2>
    ${besideSites(inspection)}
  </section>`;
}

function pluginSection({ plugins }: Inspection): Html | false {
  if (plugins.length === 0) return false;
  return html`<section aria-labelledby="plugins-title">
    <h2 id="plugins-title">What each plugin adds</h2>
    <div class="scroll" role="region" aria-label="Plugins and their sums" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">plugin</th>
            ${['sites', 'parameters', 'share', 'FLOPs/row'].map(
              (head) => html`<th scope="col" class="number">${head}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${plugins.map(
            ({ name, sites, parameters, share, flopsPerRow }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${[String(sites), formatCount(parameters), percent(share), formatCount(flopsPerRow ?? 0)].map(
                  (cell) => html`<td class="number">${cell}</td>`,
                )}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

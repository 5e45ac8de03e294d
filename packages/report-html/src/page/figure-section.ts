import { type DataTable, type Figure, LIGHT, variables } from '@mdctr/report/figures';
import { drawStatic } from '../figures/draw.js';
import { html, Html } from './html.js';

/** Width that figures are drawn at for print and for readers without a script; the page scales them. */
const WIDTH = 900;
/** Lines of a data table in the page; the CSV that the page offers has all. */
const LINES = 300;

/** A figure with its caption, its numbers as a table, and buttons that a script makes work. */
export function figureSection(figure: Figure): Html {
  const { id, title, caption } = figure;
  return html`<figure id="${id}" class="figure">
    <h3 id="${id}-title">${title}</h3>
    <div class="drawing" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-caption">
      <div class="static" aria-hidden="true">${svgOf(figure)}</div>
      <div class="live" aria-hidden="true"></div>
    </div>
    <figcaption id="${id}-caption">${caption}</figcaption>
    <div class="tools" hidden>
      <span class="tools-label">Download</span>${['svg', 'png', 'csv'].map(
        (kind) =>
          html`<button type="button" data-download="${kind}" aria-label="Download ${title} as ${kind.toUpperCase()}">
            ${kind.toUpperCase()}
          </button>`,
      )}
    </div>
    <details>
      <summary>Numbers of this figure</summary>
      ${dataTable(title, figure.table())}
    </details>
  </figure> `;
}

/** Drawn in the light palette; each of its colours is then one that the page sets by mode. */
function svgOf(figure: Figure): Html {
  const names = new Map(variables.map(([name, light]) => [light, name]));
  const svg = drawStatic(figure, WIDTH, LIGHT)
    .replace(/(fill|stroke)="(#[0-9a-f]{6})"/g, (all, attribute: string, colour: string) => {
      const name = names.get(colour);
      return name ? `${attribute}="var(${name})"` : all;
    })
    // A map's cells are most of a drawing: in as few letters as they take.
    .replace(
      /<path d="M([\d.]+) ([\d.]+)l([\d.]+) 0l0 ([\d.]+)l-\3 0Z" fill="(rgb\([\d,]+\))" stroke="var\(--paper\)"><\/path>\n?/g,
      '<path class="cell" d="M$1 $2h$3v$4h-$3z" fill="$5"/>',
    )
    .replace(
      /<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix\(([\d.]+),0,0,\1,([\d.]+),([\d.]+)\)"([^>]*)><\/path>/g,
      (_, radius: string, x: string, y: string, rest: string) =>
        `<circle cx="${+(+x).toFixed(1)}" cy="${+(+y).toFixed(1)}" r="${radius}"${rest}/>`,
    )
    // What nearly every text has is said once, in the page's style sheet.
    .replaceAll(' dominant-baseline="central"', '')
    .replace(
      / style="font-size:(\d+)px;font-family:[^;"]*;(?:font-weight:\w+;)?"/g,
      (all, size: string) => ` class="t${size}${all.includes('weight') ? ' strong' : ''}"`,
    )
    // The page scales it: the view box keeps the proportions.
    .replace(/^<svg width="\d+" height="\d+"/, '<svg focusable="false"');
  return new Html(uniqueIds(svg, figure.id));
}

/** Identifiers inside a drawing (clip paths) begin anew in every one; in the page they must differ. */
const uniqueIds = (svg: string, prefix: string): string =>
  svg.replace(/\bid="([^"]+)"/g, `id="${prefix}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`);

function dataTable(title: string, { head, rows }: DataTable): Html {
  const shown = rows.slice(0, LINES);
  const cell = (value: string | number | null): Html =>
    typeof value === 'number' ? html`<td class="number">${+value.toPrecision(6)}</td>` : html`<td>${value ?? '—'}</td>`;
  return html`<div class="scroll" role="region" aria-label="Numbers of ${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${head.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (row) =>
              html`<tr>
                ${row.map(cell)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > shown.length && html`<p>The first ${shown.length} of ${rows.length} lines; the CSV has all.</p>`}`;
}

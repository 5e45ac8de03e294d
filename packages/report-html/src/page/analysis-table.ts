import type { AnalysisTable } from '@mdctr/report';
import { html, type Html } from './html.js';

/** One of the tables that studies have beside the main one, with what its numbers mean. */
export function analysisTable({ title, head, words, body, notes }: AnalysisTable): Html {
  const kind = (column: number): Html | string => (words[column] ? '' : html` class="number"`);
  return html`<div class="analysis">
    <h3>${title}</h3>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${head.map((name, i) => html`<th scope="col" ${kind(i)}>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body.map(
            (line) =>
              html`<tr>
                ${line.map((text, i) => html`<td${kind(i)}>${text}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${
      notes.length > 0 &&
      html`<ul class="notes">
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>`
    }
  </div>`;
}

import { figuresOf } from '../figures/index.js';
import type { ReportModel } from '../model/report-model.js';
import { enliven } from './charts.js';
import { download } from './download.js';
import { chooseNetworks } from './networks.js';
import { makeSortable } from './sort-table.js';

// The page is whole without this: figures are in it as SVG. Here they become interactive.
const model = JSON.parse(document.getElementById('model')!.textContent) as ReportModel;
makeSortable(document.getElementById('results-table') as HTMLTableElement);
chooseNetworks();
for (const figure of figuresOf(model)) {
  enliven(figure);
  const element = document.getElementById(figure.id);
  element?.querySelectorAll<HTMLButtonElement>('[data-download]').forEach((button) => {
    button.addEventListener('click', () => void download(figure, button.dataset['download']!));
  });
}
document.querySelectorAll<HTMLButtonElement>('[data-copy]').forEach((button) => {
  button.addEventListener('click', () => void copy(button));
});
document.querySelectorAll<HTMLElement>('.tools').forEach((tools) => (tools.hidden = false));

/** Copies the text that a button names; where the browser does not allow it, selects it for the reader to copy. */
async function copy(button: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(button.dataset['copy']!)!;
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection()!.selectAllChildren(source);
  }
}

import { hookText, type Inspection } from '@mdctr/inspect';
import { html, type Html } from '../page/html.js';
import { parameterTable } from './site-tree.js';

/** What plugins add at no site. `label` names the list where no heading does. */
export function besideSites({ beside }: Inspection, label?: string): Html {
  return html`<ul class="beside" ${label !== undefined && html`aria-label="${label}"`}>
    ${beside.map(
      (hook) =>
        html`<li>
          <span class="kind">${hook.hook}</span> <span class="plugin">${hook.plugin}</span> ${hookText(hook)}
          ${parameterTable(hook.parameters, `${hook.hook} of ${hook.plugin}`)}
        </li>`,
    )}
  </ul>`;
}

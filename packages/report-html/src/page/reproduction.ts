import { metricsText, type DataFacts, type StudyResults } from '@mdctr/report';
import { html, type Html } from './html.js';

const words = (key: string): string => key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const show = (value: unknown): string =>
  typeof value === 'number'
    ? value.toLocaleString('en-GB')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

function factTable(caption: string, facts: Readonly<Record<string, unknown>>): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table class="facts">
      <caption>
        ${caption}
      </caption>
      <tbody>
        ${Object.entries(facts).map(
          ([key, value]) =>
            html`<tr>
              <th scope="row">${words(key)}</th>
              <td>${show(value)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Counts, and what is one line; figures and notes have the rest. */
function factsOf(data: DataFacts): Readonly<Record<string, unknown>> {
  const { domainSizes: _, similarity: __, warnings: ___, bestPossible, ...counts } = data;
  return { ...counts, ...(bestPossible && { bestPossible: metricsText(bestPossible) }) };
}

/** What it takes to run the study again, and to know whether it was the same. */
export function reproduction(results: StudyResults): Html {
  const { environment, config, createdAt, settings = [] } = results;
  const data =
    settings.length > 0
      ? settings.map((setting) => factTable(`Data: ${setting.label}`, factsOf(setting.data)))
      : factTable('Data', factsOf(results.data));
  return html`<div class="columns">${data}${factTable('Environment', { ...environment, created: createdAt })}</div>
    ${
      config === undefined
        ? html`<p>The results carry no config.</p>`
        : html`<h3>Config</h3>
            <p>
              With defaults filled in. Saved as <code>study.json</code> beside the data, it runs again by
              <code>npx mdctr bench study.json</code>; one config and one seed give the same metrics on the same
              machine.
            </p>
            <div class="tools" hidden><button type="button" data-copy="config">Copy the config</button></div>
            <pre id="config" tabindex="0" role="region" aria-label="Config">${JSON.stringify(config, null, 2)}</pre>`
    }`;
}

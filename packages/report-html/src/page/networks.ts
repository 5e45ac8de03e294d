import { distinct } from '@mdctr/report/figures';
import { formatCount } from '@mdctr/base';
import { type NetworkResult } from '@mdctr/report';
import { besideSites } from '../inspection/beside-sites.js';
import { siteTree } from '../inspection/site-tree.js';
import { html, type Html } from './html.js';

const KINDS = ['setting', 'backbone', 'method'] as const;
type Kind = (typeof KINDS)[number];

/**
 * What each model of the study is made of. Without the script every model is a fold of its own; with it one is shown at
 * a time, chosen by setting, backbone and method.
 */
export function networksSection(networks: readonly NetworkResult[]): Html {
  return html`<section id="networks" aria-labelledby="networks-title">
    <h2 id="networks-title">Networks</h2>
    <div class="choose" hidden>${KINDS.map((kind) => choice(kind, networks))}</div>
    ${networks.map(networkFold)}
    <ul class="notes">
      ${NOTES.map((note) => html`<li>${note}</li>`)}
    </ul>
  </section>`;
}

const NOTES = [
  'Sites stand in the order of the forward pass. Several plugins at a site stand in the order in which they act; of network, tower, affine and norm the first is the outermost.',
  'Numbers of a site include all that is in it. Copies that are alike are one line: the paths are those of the first, the numbers those of all together.',
  'FLOPs are of a forward pass, a row of the first training batch; a multiply-add is two.',
];

function choice(kind: Kind, networks: readonly NetworkResult[]): Html | false {
  const labels = distinct(networks.flatMap((network) => network[kind] ?? []));
  if (labels.length === 0) return false;
  return html`<span>
    <label for="networks-${kind}">${kind}</label>
    <select id="networks-${kind}" data-kind="${kind}">
      ${labels.map((label) => html`<option value="${label}">${label}</option>`)}
    </select>
  </span>`;
}

function networkFold(network: NetworkResult): Html {
  const { setting = '', backbone, method, inspection } = network;
  const { totals, sites, warnings } = inspection;
  const labels = [setting, backbone, method].filter((label) => label !== '').join(' · ');
  return html`<details class="network" data-setting="${setting}" data-backbone="${backbone}" data-method="${method}">
    <summary><strong>${labels}</strong>: ${formatCount(totals.parameters)} parameters</summary>
    ${warnings.map((warning) => html`<p>${warning}</p>`)} ${sites.map((site) => siteTree(site, inspection))}
    ${inspection.beside.length > 0 && besideSites(inspection, `Beside the sites of ${labels}`)}
  </details>`;
}

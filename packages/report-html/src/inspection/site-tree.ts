import { formatCount } from '@mdctr/base';
import {
  copiesText,
  countText,
  isCopy,
  percent,
  shapeText,
  siteNotes,
  tensorText,
  type BuildNode,
  type Inspection,
  type ParameterNode,
  type PluginNode,
  type SiteNode,
} from '@mdctr/inspect';
import { html, type Html } from '../page/html.js';

/** A site that unfolds. What has sites inside is open from the start, what has parameters alone is not. */
export function siteTree(site: SiteNode, inspection: Inspection): Html {
  const { kind, path, plugins, builds } = site;
  const name = kind === 'network' ? inspection.backbone : path === kind ? '' : path;
  const open = builds.some(({ sites }) => sites.length > 0);
  const fields = kind === 'embedding' && inspection.fields.length > 0;
  const builtTrees = builds.flatMap((build) => buildTree(site, build, inspection));
  const below = plugins.some(({ parameters }) => parameters.length > 0) || builtTrees.some(Boolean) || fields;
  const head = html`<span class="kind">${kind}</span> ${name && html`<span class="path">${name}</span>`}
    ${siteNotes(site).map((note) => html`<span class="note">${note}</span>`)}
    <span class="shape">${shapeText(site)}</span> ${plugins.map(
      (plugin, i) => html`<span class="plugin">${plugins.length > 1 && html`<b>${i + 1}</b> `}${plugin.name}</span> `,
    )}${weights(site)}`;
  if (!below) return html`<div class="site leaf">${head}</div>`;
  return html`<details class="site" ${open && html` open`}>
    <summary>${head}</summary>
    <div class="inside">
      ${fields && fieldTable(inspection)} ${plugins.map((plugin) => pluginTree(plugin, site))} ${builtTrees}
    </div>
  </details>`;
}

function buildTree(site: SiteNode, build: BuildNode, inspection: Inspection): (Html | false)[] {
  const inside = [
    parameterTable(build.parameters, `${site.kind} ${site.path}`),
    ...build.sites.map((inner) => siteTree(inner, inspection)),
  ];
  if (!isCopy(site, build)) return inside;
  return [
    html`<details class="site copies" ${build.copies.length > 0 && html` open`}>
      <summary>
        <span class="kind">${build.copies.length > 1 ? `x ${build.copies.length}` : 'copy'}</span>
        <span class="path">${copiesText(build)}</span>
      </summary>
      <div class="inside">${inside}</div>
    </details>`,
  ];
}

function pluginTree({ name, parameters, flopsPerRow }: PluginNode, site: SiteNode): Html | false {
  if (parameters.length === 0) return false;
  const flops = countText(flopsPerRow);
  return html`<div class="own">
    <span class="plugin">${name}</span> ${flops && html`<span class="shape">${flops} FLOPs a row</span>`}
    ${parameterTable(parameters, `${name} at ${site.kind} ${site.path}`)}
  </div>`;
}

/** Numbers of a site at the end of its line, with a bar for its share. */
function weights({ parameters, share, flopsPerRow }: SiteNode): Html {
  const flops = countText(flopsPerRow);
  return html`<span class="weights"
    >${
      parameters > 0 &&
      html`<span class="count">${formatCount(parameters)} parameters</span>
        <span class="bar" aria-hidden="true"><i style="width:${(100 * share).toFixed(1)}%"></i></span>
        <span class="share">${percent(share)}</span>`
    }${flops && html` <span class="flops">${flops} FLOPs</span>`}</span
  >`;
}

export function parameterTable(parameters: readonly ParameterNode[], of: string): Html | false {
  if (parameters.length === 0) return false;
  return table(
    `Parameters of ${of}`,
    ['parameter', 'shape', 'numbers'],
    parameters.map((one) => {
      const { path, size, count, trained } = one;
      return [path, tensorText(one), trained ? (size * count).toLocaleString('en-GB') : 'state'];
    }),
  );
}

function fieldTable({ fields }: Inspection): Html {
  return table(
    'Fields',
    ['field', 'kind', 'ids', 'parameters'],
    fields.map(({ name, domain, pooling, ids, parameters }) => {
      const part = [domain ? 'domain' : '', pooling].filter(Boolean).join(', ');
      return [name, part, ids.toLocaleString('en-GB'), parameters.toLocaleString('en-GB')];
    }),
  );
}

/** The last column has numbers, and so has the third of four. */
function table(label: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  const kind = (column: number): Html | string => (column >= 2 ? html` class="number"` : '');
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map((head, i) => html`<th scope="col" ${kind(i)}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => html`<td${kind(i)}>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

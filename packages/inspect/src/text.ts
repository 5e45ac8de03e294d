import { formatCount, alignCells, columnWidths } from '@mdctr/base';
import { trainedNumbers, type Inspection, type ParameterNode, type SiteNode } from './inspection.js';
import {
  copiesText,
  countText,
  hasAlike,
  hookText,
  isCopy,
  modelName,
  percent,
  shapeText,
  siteNotes,
  tensorText,
} from './labels.js';

/** A line of the tree, and what stands below it. */
interface Line {
  readonly name: string;
  /** Shape, parameters, share, FLOPs a row. */
  readonly cells: readonly [string, string, string, string];
  readonly below: readonly Line[];
}

/** The tree as text, for a terminal. */
export function inspectionText(inspection: Inspection): string {
  const { totals, sites, beside, plugins, warnings } = inspection;
  const tree = sites.map((site) => siteLine(site, inspection));
  const more = beside.map((hook): Line => {
    const { plugin, parameters } = hook;
    const count = trainedNumbers(parameters);
    const name = `${hook.hook}  > ${plugin}`;
    return { name, cells: [hookText(hook), countText(count), '', ''], below: parameters.map(parameterLine) };
  });
  const sum = (name: string, parameters: number, flops: number | null): string[] => {
    return [name, '', formatCount(parameters), percent(parameters / totals.parameters), countText(flops)];
  };
  const besides =
    more.length > 0 ? [['beside the sites', '', '', '', ''], ...more.flatMap((line) => drawn(line, '  '))] : [];
  const shown = [...tree.flatMap((line) => drawn(line)), ...besides];
  const lines = aligned([
    ['site', 'shape', 'parameters', 'share', 'FLOPs/row'],
    ...shown,
    sum('whole model', totals.parameters, totals.flopsPerRow),
    sum('  of it the embedding table', totals.embeddings, null),
    ...plugins.map(({ name, parameters, flopsPerRow }) => sum(`  of it ${name}`, parameters, flopsPerRow)),
  ]);
  const rule = '-'.repeat(Math.max(...lines.map((line) => line.length)));
  const end = shown.length + 1;
  return [
    ...[modelName(inspection), '', lines[0], rule, ...lines.slice(1, end), rule, ...lines.slice(end), ''],
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...notes(inspection),
    '',
  ].join('\n');
}

function notes({ sites, plugins }: Inspection): string[] {
  return [
    ...(plugins.length > 0 ? ORDER : []),
    ...(hasAlike(sites) ? ['Paths are those of the first copy, numbers those of all together.'] : []),
    'Sites are in the order of the forward pass; share is that of all parameters, FLOPs are of a forward pass.',
  ];
}

const ORDER = [
  '> is a plugin that acts at a site. Where there are several, they stand in the order',
  'in which they act; of network, tower, affine and norm the first is the outermost.',
];

function siteLine(site: SiteNode, inspection: Inspection): Line {
  const { kind, path, parameters, share, flopsPerRow, plugins, builds } = site;
  const acting = plugins.map((plugin, i): Line => {
    const count = trainedNumbers(plugin.parameters);
    const order = plugins.length > 1 ? `${i + 1} ` : '';
    return {
      name: `> ${order}${plugin.name}`,
      cells: ['', countText(count), '', countText(plugin.flopsPerRow)],
      below: plugin.parameters.map(parameterLine),
    };
  });
  const buildLines = builds.flatMap((build): Line[] => {
    const inside = [...build.parameters.map(parameterLine), ...build.sites.map((inner) => siteLine(inner, inspection))];
    return isCopy(site, build) ? [{ name: copiesText(build), cells: ['', '', '', ''], below: inside }] : inside;
  });
  const name = [kind, ...(path === kind ? [] : [path]), ...siteNotes(site).map((note) => `(${note})`)].join('  ');
  return {
    name: kind === 'network' ? name.replace('network', `network  ${inspection.backbone}`) : name,
    cells: [shapeText(site), countText(parameters), parameters > 0 ? percent(share) : '', countText(flopsPerRow)],
    below: [...(kind === 'embedding' ? fieldLines(inspection) : []), ...acting, ...buildLines],
  };
}

function fieldLines({ fields }: Inspection): Line[] {
  return fields.map(({ name, ids, domain, pooling }) => ({
    name: `${name}${domain ? '  (domain)' : ''}`,
    cells: [`${ids} ids${pooling ? `, ${pooling}` : ''}`, '', '', ''],
    below: [],
  }));
}

function parameterLine(parameter: ParameterNode): Line {
  const { path, size, count, trained } = parameter;
  return { name: path, cells: [tensorText(parameter), trained ? countText(size * count) : 'state', '', ''], below: [] };
}

/** A line with those below it. `front` stands in front of the line, `ahead` in front of what is below. */
function drawn({ name, cells, below }: Line, front = '', ahead = front): string[][] {
  const rest = below.flatMap((line, i) => {
    const last = i === below.length - 1;
    return drawn(line, `${ahead}${last ? '└─ ' : '├─ '}`, `${ahead}${last ? '   ' : '│  '}`);
  });
  return [[`${front}${name}`, ...cells], ...rest];
}

/** Names and shapes flush left, numbers flush right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) => alignCells(row, widths, (column) => column >= 2));
}

// What figures are made of. Nothing here loads Apache ECharts: `@mdctr/report-html` draws.
export { axis, gainAxis, labels, metricAxis } from './axes.js';
export {
  baselinePairsOf,
  distinct,
  mean,
  meanDefined,
  modelName,
  nameOf,
  reportCellsOf,
  sameCell,
  type ReportCell,
} from './cells.js';
export type { DataTable, Figure, Section } from './figure.js';
export { bar, curve, markLine, reach, scatter, zeroLine, type Mark, type Place } from './marks.js';
export { betweenDomains, overTime, spread, type CellMatrix, type Panel } from './matrices.js';
export { DARK, LIGHT, variables, type Palette } from './palette.js';
export { panelGrid, type PanelGrid } from './panel-grid.js';
export { drawPanels, framed, panelsOf } from './panels.js';
export { rounded, similaritiesOf } from './similarities.js';
export { sizeScatter, thousands, ticks } from './size-scatter.js';
export type { StudyOutline } from './study-outline.js';
export { backboneSymbol, base, FONT, methodStyle } from './style.js';
export { capital, escapeHtml, short, signed, slug, tip } from './text.js';
export { cellKey } from '../table/cells.js';

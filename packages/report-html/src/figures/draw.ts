import type { Figure, Palette } from '@mdctr/report/figures';
import { HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
// What figures use of ECharts, and nothing else: the page carries it.
use([
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  SVGRenderer,
]);

export { init };

/** A figure as SVG text, without a DOM: on the server, and in the browser for downloads. */
export function drawStatic(figure: Figure, width: number, palette: Palette): string {
  const height = figure.height(width);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(figure.option(width, palette));
  const svg = chart.renderToSVGString();
  chart.dispose();
  // Styles under the pointer and links to the data, one for each mark: nothing for a picture, and most of its size.
  return svg
    .replace(/<style\s*>[^]*?<\/style>/g, '')
    .replace(/ class="zr[^"]*"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '');
}

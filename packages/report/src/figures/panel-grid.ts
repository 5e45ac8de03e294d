/** Where a panel lies, in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelGrid {
  readonly height: number;
  readonly panels: readonly Rectangle[];
}

/** Room around the plot area of a panel: title above, axis labels left and below. */
const MARGIN = { top: 34, left: 58, right: 14, bottom: 46 };

/** Pixels of a panel. */
export interface PanelShape {
  /** Height of the plot area. */
  readonly plot?: number;
  /** Least width of a panel, its margins included. */
  readonly least?: number;
  /** Where it differs from what is usual. */
  readonly margin?: Partial<typeof MARGIN>;
}

/** Panels side by side, as many in a line as are `least` wide. `top` is room for a legend. */
export function panelGrid(
  count: number,
  width: number,
  { top = 0, plot = 230, least = 300, margin = {} }: PanelShape & { readonly top?: number },
): PanelGrid {
  const { top: above, left, right, bottom } = { ...MARGIN, ...margin };
  const most = Math.max(1, Math.min(count, Math.floor(width / least)));
  const lines = Math.ceil(count / most);
  const columns = Math.ceil(count / lines); // four in two lines of two, not three and one
  const cell = width / columns;
  const panels = Array.from({ length: count }, (_, i): Rectangle => {
    const line = Math.floor(i / columns);
    return {
      left: Math.round((i % columns) * cell + left),
      top: top + line * (above + plot + bottom) + above,
      width: Math.round(cell - left - right),
      height: plot,
    };
  });
  return { height: top + lines * (above + plot + bottom), panels };
}

/** Pixels that a legend takes above the panels, by a guess at the width of its words. */
export function legendHeight(names: readonly string[], width: number): number {
  let [lines, x] = [1, 0];
  for (const name of names) {
    const item = 7.2 * name.length + 48;
    if (x > 0 && x + item > width) [lines, x] = [lines + 1, 0];
    x += item;
  }
  return 26 * lines + 6;
}

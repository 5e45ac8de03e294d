import { type Figure, DARK, LIGHT } from '@mdctr/report/figures';
import { init } from '../figures/draw.js';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Draws a figure anew at the width and in the colours it is seen with, from when it first comes near the window. */
export function enliven(figure: Figure): void {
  const element = document.getElementById(figure.id);
  const place = element?.querySelector<HTMLElement>('.live');
  if (!element || !place) return;
  let chart: ReturnType<typeof init> | undefined;
  let width = 0;
  const draw = (): void => {
    width = place.parentElement!.clientWidth;
    if (width === 0) return;
    const height = figure.height(width);
    place.style.height = `${height}px`;
    element.classList.add('live-on');
    chart ??= init(place, null, { renderer: 'svg', width, height });
    chart.resize({ width, height });
    chart.setOption(figure.option(width, dark.matches ? DARK : LIGHT), true);
  };
  const start = (): void => {
    draw();
    new ResizeObserver(() => place.parentElement!.clientWidth !== width && draw()).observe(place.parentElement!);
    dark.addEventListener('change', draw);
  };
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      start();
    },
    { rootMargin: '400px' },
  );
  near.observe(element);
}

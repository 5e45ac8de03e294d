import { type DataTable, type Figure, LIGHT } from '@mdctr/report/figures';
import { drawStatic } from '../figures/draw.js';
/** Width of a downloaded figure, and how many pixels of a PNG stand for one of its. */
const WIDTH = 900;
const SCALE = 3;

/** The figure as a file of its own: light, on paper, whatever the page looks like. */
export function svgFile(figure: Figure): string {
  const height = figure.height(WIDTH);
  const paper = `<rect width="${WIDTH}" height="${height}" fill="${LIGHT.paper}"/>`;
  return drawStatic(figure, WIDTH, LIGHT).replace(/^(<svg[^>]*>)/, `$1${paper}`);
}

async function pngFile(figure: Figure): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(figure))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH * SCALE, figure.height(WIDTH) * SCALE];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The figure is too large for a PNG.'))),
      'image/png',
    ),
  );
}

/** As RFC 4180 has it. */
export function csvOf({ head, rows }: DataTable): string {
  const cell = (value: string | number | null): string => {
    const text = String(value ?? '');
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** Hands a figure to the reader as a file. */
export async function download(figure: Figure, kind: string): Promise<void> {
  const blob =
    kind === 'png'
      ? await pngFile(figure)
      : kind === 'csv'
        ? new Blob([csvOf(figure.table())], { type: 'text/csv' })
        : new Blob([svgFile(figure)], { type: 'image/svg+xml' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${figure.id}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

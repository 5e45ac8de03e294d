import { escapeHtml } from '@mdctr/report/figures';

/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Markup with values in it: all of them are escaped, but markup itself and lists of it. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  // The source's indentation is a third of a large table.
  const pieces = strings.map((piece) => piece.replace(/\s*\n\s*/g, '\n'));
  return new Html(pieces.reduce((text, piece, i) => text + render(values[i - 1]) + piece));
}

function render(value: Part): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeHtml(String(value));
}

/** Text of a program or of JSON inside <script>: no `<` of it can end the element. For JSON and strings alone. */
export const scriptJson = (value: unknown): Html => new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, safe in elements and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/** A tooltip: a heading, and lines of facts. All of it is a user's text, and is escaped. */
export function tip(heading: string, facts: readonly (readonly [string, string])[]): string {
  const lines = facts.map(([name, value]) => `${escapeHtml(name)}: <b>${escapeHtml(value)}</b>`);
  return [`<b>${escapeHtml(heading)}</b>`, ...lines].join('<br>');
}

/** `+.0012` */
export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits).replace(/^0\./, '.')}`;

/** `.7412` */
export const short = (value: number | null, digits = 4): string =>
  value === null ? '—' : value.toFixed(digits).replace(/^(-?)0\./, '$1.');

/** `.25`, `.2`: as many digits as a tick needs. */
export const trimmed = (value: number): string => String(+value.toFixed(4)).replace(/^(-?)0\./, '$1.');

/** An id out of words. */
export const slug = (...words: readonly string[]): string =>
  words
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** With a capital at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

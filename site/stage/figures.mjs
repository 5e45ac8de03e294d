// Figures become part of their page, so that they take the colours of the site, light or dark, from its style sheet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Replaces `![text](figures/name.svg)` that stands on a line of its own. */
export function figures(text, folder) {
  return text.replace(/^!\[([^\]]*)\]\(([^)]+\.svg)\)$/gm, (_, label, file) => {
    const svg = readFileSync(join(folder, file), 'utf8')
      .replace(/<\?xml[^>]*\?>|<!--[^]*?-->|<style>[^]*?<\/style>/g, '')
      .replace(/\n\s*/g, ' ')
      .trim();
    return `<figure class="figure" role="img" aria-label="${label.replaceAll('"', '&quot;')}">${svg}</figure>`;
  });
}

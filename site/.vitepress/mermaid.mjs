// Mermaid blocks become SVG while the site is built: no script in the page, and the colours are those of the site.
import { renderMermaidSVG } from 'beautiful-mermaid';

/** @throws Error of the renderer where a block is no diagram */
export function mermaid(source) {
  const svg = renderMermaidSVG(source, { bg: 'var(--vp-c-bg)', fg: 'var(--vp-c-text-1)', transparent: true })
    .replace(/<style>[^]*?<\/style>/, '') // it loads a font from elsewhere; theme/style.css has the rest
    .replace(/ style="[^"]*"/, '')
    .replace(/#(\d+);/g, '&#$1;')
    .replace(/>\s+</g, '><');
  return `<div class="mermaid">${svg}</div>\n`;
}

/** Markdown-it: fences of the language `mermaid`. */
export function mermaidFences(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid' ? mermaid(tokens[index].content) : fence(tokens, index, ...rest);
}

// Mermaid blocks become diagrams in the reader's browser, in the colours of the page; `stage.mjs` lays Mermaid beside the pages.
const attribute = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');

/** Markdown-it: fences of the language `mermaid`. */
export function mermaidFences(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid'
      ? `<Diagram source="${attribute(tokens[index].content)}" />\n`
      : fence(tokens, index, ...rest);
}

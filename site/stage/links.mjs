// Links of a Markdown text, and what stands around them: code is left alone.
const CODE = /(^(`{3,}|~{3,})[^]*?^\2[`~]*$|(`+)(?!`)[^]*?[^`]\3(?!`)|<!--[^]*?-->)/m;
const LINK = /(\]\()(<[^>]*>|[^)\s]+)(?=[)\s])|(^\[[^\]]+\]: +)(\S+)|(<img [^>]*?src=")([^"]+)/gm;

/** Anchors as the repository's own viewers make them, so that a link to one holds there and on the site. */
export const slug = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');

/** Rewrites the targets of links that lead to files; `rewrite` gets the target and gives the new one. */
export function mapLinks(text, rewrite) {
  const parts = [];
  let rest = text;
  for (let code = CODE.exec(rest); code; code = CODE.exec(rest)) {
    parts.push([rest.slice(0, code.index), code[0]]);
    rest = rest.slice(code.index + code[0].length);
  }
  parts.push([rest, '']);
  const replace = (whole, open, target, openOther, other, openImage, image) => {
    const [head, found] = [open ?? openOther ?? openImage, target ?? other ?? image];
    return /^(<?[a-z]+:|#)/i.test(found) ? whole : head + rewrite(found, openImage !== undefined);
  };
  return parts.map(([prose, code]) => prose.replace(LINK, replace) + code).join('');
}

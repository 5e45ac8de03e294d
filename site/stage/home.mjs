// The first page: how the README begins, under a heading with the ways on.
const WAYS = [
  ['brand', 'Start in five minutes', './start/quickstart'],
  ['alt', 'Concepts', './start/concepts'],
  ['alt', 'Your first plugin', './start/first-plugin'],
];

/** @param {{ text: string }} readme the page of the README @param {string} tagline @param {Set<string>} paths pages there are */
export function home({ text }, tagline, paths) {
  const start = text.replace(/^# .*\n/, '').split(/^## On your data$/m)[0];
  const actions = WAYS.filter(([, , link]) => paths.has(link.slice(2)))
    .map(([theme, label, link]) => `    - { theme: ${theme}, text: ${label}, link: ${link} }`)
    .join('\n');
  return `---
layout: home
hero:
  name: mdctr
  tagline: "${tagline}"
  actions:
${actions}
---

${start.trim()}
`;
}

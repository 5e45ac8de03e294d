// What stands where in the sidebar, by the pages' paths. A page under docs/ that no group names goes to the first group with `rest`, so that
// a new one is never lost.
const GROUPS = [
  { text: 'Start', names: ['start', 'concepts', 'set-up'] },
  {
    text: 'How-to: data and models',
    names: ['data', 'datasets', 'synthetic', 'training', 'artifact', 'inspect', 'profile'],
    rest: true,
  },
  { text: 'How-to: studies', names: ['studies', 'tuning', 'budget', 'report', 'statistics'] },
  {
    text: 'How-to: methods of your own',
    names: ['first-plugin', 'writing-a-plugin', 'dev', 'testkit', 'third-party', 'api-stability'],
  },
  { text: 'Migration', prefix: 'migration' },
  { text: 'Reference', names: ['config', 'commands', 'hooks', 'errors'], prefix: 'api/' },
  { text: 'Methods', names: ['backbones'], prefix: 'methods/' },
  { text: 'Examples', prefix: 'examples/' },
  { text: 'Evidence', names: ['experiments', 'parity', 'performance'] },
  { text: 'Project', names: ['architecture', 'contributing', 'changelog'] },
];

/**
 * The sidebar of a list of pages.
 * @param {{ path: string, title: string, listed: boolean }[]} pages by site path, e.g. `methods/star`
 */
export function sidebar(pages) {
  const listed = pages.filter((page) => page.listed && page.path !== 'index');
  const taken = new Set();
  const take = (chosen) => chosen.filter(({ path }) => !taken.has(path) && taken.add(path));
  const groups = GROUPS.map(({ text, names = [], prefix, rest }) => {
    const named = names.flatMap((name) => listed.filter(({ path }) => path === name));
    const below = prefix ? listed.filter(({ path }) => path.startsWith(prefix)) : [];
    return { text, rest, items: take([...named, ...below]) };
  });
  groups.find(({ rest }) => rest).items.push(...take(listed));
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ text, items }) => ({
      text,
      collapsed: false,
      items: items.map(({ path, title }) => ({ text: title, link: `/${path.replace(/(^|\/)index$/, '$1')}` })),
    }));
}

// The sidebar's groups. A page goes to the first group that names it, or whose pattern its path matches. What no
// group takes goes to the one with `rest`, so that a new page is never lost.
const inFolder = (folder, ...names) => names.map((name) => `${folder}/${name}`);

const GROUPS = [
  { text: 'Start', names: inFolder('start', 'quickstart', 'concepts', 'set-up', 'first-plugin'), pattern: /^start\// },
  {
    text: 'Guides: data and models',
    names: inFolder('guides', 'data', 'datasets', 'synthetic', 'training', 'inspect', 'profile'),
    rest: true,
  },
  {
    text: 'Guides: studies',
    names: inFolder('guides', 'studies', 'baselines', 'tuning', 'budget', 'report', 'statistics'),
  },
  {
    text: 'Guides: methods of your own',
    names: inFolder('guides', 'writing-a-plugin', 'dev', 'testkit', 'third-party'),
  },
  { text: 'Guides: migration', pattern: /^guides\/migration/ },
  { text: 'Methods', names: ['methods/backbones'], pattern: /^methods\// },
  {
    text: 'Reference',
    names: inFolder('reference', 'config', 'commands', 'hooks', 'errors', 'artifact'),
    pattern: /^api\//,
  },
  { text: 'Examples', pattern: /^examples\// },
  { text: 'Results', pattern: /^results\// },
  { text: 'Project', names: ['project/architecture', 'contributing', 'changelog'], pattern: /^project\/[^/]+$/ },
  { text: 'Decisions', pattern: /^project\/decisions\// },
];

/**
 * The sidebar of a list of pages.
 * @param {{ path: string, title: string, listed: boolean }[]} pages by site path, e.g. `methods/star`
 */
export function sidebar(pages) {
  const listed = pages.filter((page) => page.listed && page.path !== 'index');
  const taken = new Set();
  const take = (chosen) => chosen.filter(({ path }) => !taken.has(path) && taken.add(path));
  const groups = GROUPS.map(({ text, names = [], pattern, rest }) => {
    const named = names.flatMap((name) => listed.filter(({ path }) => path === name));
    const below = pattern ? listed.filter(({ path }) => pattern.test(path)) : [];
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

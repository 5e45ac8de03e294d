import type { BuildNode, HookNode, Inspection, SiteNode } from './inspection.js';
import { copiesText, countText, hookText, isCopy, shapeText, siteNotes } from './labels.js';

/**
 * The tree as a Mermaid flowchart that GitHub renders. Rows follow the arrows; dotted arrows are the order of the
 * forward pass and no more, e.g. between a backbone's parallel parts. Plugins hang on their sites, numbered where there
 * are several. Parameters are left out.
 */
export function inspectionMermaid(inspection: Inspection): string {
  const chart = new Chart(inspection.backbone);
  const ends = inspection.sites.map((site) => chart.site(site, '  '));
  ends.slice(1).forEach((site, i) => chart.add('  ', `${ends[i]} --> ${site}`));
  if (inspection.beside.length > 0) chart.beside(inspection.beside);
  return `${chart.lines.join('\n')}\n`;
}

class Chart {
  readonly lines = ['flowchart TB'];
  private count = 0;

  constructor(private readonly backbone: string) {}

  add(front: string, line: string): void {
    this.lines.push(`${front}${line}`);
  }

  /** A site, with all that is in it; gives the name by which arrows reach it. */
  site(site: SiteNode, front: string): string {
    const parts = site.builds.some((build) => isCopy(site, build) || build.sites.length > 0);
    const id = this.next(parts ? 'g' : 's');
    if (parts) {
      this.add(front, `subgraph ${id}["${this.label(site)}"]`);
      this.add(`${front}  `, 'direction TB');
      for (const build of site.builds) this.build(site, build, `${front}  `);
      this.plugins(site, undefined, `${front}  `);
      this.add(front, 'end');
    } else {
      this.add(front, `${id}["${this.label(site)}"]`);
      this.plugins(site, id, front);
    }
    return id;
  }

  beside(hooks: readonly HookNode[]): void {
    this.add('  ', `subgraph ${this.next('g')}["beside the sites"]`);
    for (const hook of hooks) {
      this.add(
        '    ',
        `${this.next('p')}(["${escaped(`${hook.hook} > ${hook.plugin}`)}<br/>${escaped(hookText(hook))}"])`,
      );
    }
    this.add('  ', 'end');
  }

  private build(site: SiteNode, build: BuildNode, front: string): void {
    const copy = isCopy(site, build);
    const inner = copy ? `${front}  ` : front;
    if (copy) {
      this.add(front, `subgraph ${this.next('g')}["${escaped(copiesText(build))}"]`);
      this.add(inner, 'direction TB');
    }
    const shown = build.sites.filter(({ empty, plugins }) => !empty || plugins.length > 0);
    const ids = shown.map((one) => this.site(one, inner));
    // A tower is a chain; what a backbone does between its layers is not known, and their order is all that is said.
    const arrow = site.kind === 'tower' ? '-->' : '-.->';
    ids.slice(1).forEach((id, i) => this.add(inner, `${ids[i]} ${arrow} ${id}`));
    if (copy && ids.length === 0) this.add(inner, `${this.next('s')}["${escaped(site.path)}"]`);
    if (copy) this.add(front, 'end');
  }

  /** Plugins beside the site that they act at, or inside it. */
  private plugins({ plugins }: SiteNode, site: string | undefined, front: string): void {
    plugins.forEach(({ name }, i) => {
      const id = this.next('p');
      const label = escaped(plugins.length > 1 ? `${i + 1}. ${name}` : name);
      this.add(front, `${id}(["${label}"])`);
      if (site !== undefined) this.add(front, `${id} -.- ${site}`);
    });
  }

  private label(site: SiteNode): string {
    const { kind, path, parameters } = site;
    const name = kind === 'network' ? this.backbone : path === kind ? '' : path;
    const notes = siteNotes(site).map((note) => `(${note})`);
    const title = [kind, name, ...notes].filter(Boolean).join(' ');
    const weight = parameters > 0 ? `${countText(parameters)} parameters` : '';
    return [title, [shapeText(site), weight].filter(Boolean).join(', ')].map(escaped).join('<br/>');
  }

  private next(letter: string): string {
    return `${letter}${++this.count}`;
  }
}

/** Text in a label: what Mermaid or HTML would read is written by its number. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:+/_()-]/gu, (character) => `#${character.codePointAt(0)};`);
}

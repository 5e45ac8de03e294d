import { formatCount } from '@mdctr/base';
import type { BuildNode, HookNode, Inspection, ParameterNode, SiteNode } from './inspection.js';

/** `dcnv2 + adasparse + maml`. */
export const modelName = ({ backbone, plugins }: Inspection): string =>
  [backbone, ...plugins.map(({ name }) => name)].join(' + ');

/** `72 -> 128 -> 64`. */
export const shapeText = ({ shape }: Pick<SiteNode, 'shape'>): string => shape.join(' -> ');

/** `[72, 128]`, for the copies of it `10 x [72, 128]`. */
export function tensorText({ shape, count }: ParameterNode): string {
  const size = `[${shape.join(', ')}]`;
  return count === 1 ? size : `${count} x ${size}`;
}

/** What a site is besides its kind. */
export function siteNotes({ kind, factor, empty, plugins, builds }: SiteNode): string[] {
  const around = ['network', 'tower', 'affine', 'norm'].includes(kind);
  return [
    ...(factor ? ['factor'] : []),
    ...(empty && plugins.length === 0 ? ['empty'] : []),
    ...(around && !empty && builds.length === 0 ? ["in place of the backbone's"] : []),
  ];
}

/** Whether a build is told apart from its site: it has a name, or is one of several. */
export const isCopy = ({ builds }: SiteNode, { copies }: BuildNode): boolean =>
  builds.length > 1 || copies.length > 1 || copies[0] !== null;

/** `10 copies alike: domain-1, domain-2 ... domain-10`. */
export function copiesText({ copies }: BuildNode): string {
  const names = copies.map((name) => name ?? '(without a name)');
  if (names.length === 1) return `copy ${names[0]}`;
  const shown = names.length > 4 ? `${names.slice(0, 2).join(', ')} ... ${names.at(-1)}` : names.join(', ');
  return `${names.length} copies alike: ${shown}`;
}

/** What a plugin has a hand in by a hook. */
export const HOOK_WORDS: Readonly<Record<HookNode['hook'], string>> = {
  built: 'the network when it is whole',
  penalty: 'a term of the loss',
  step: 'the training step',
  evaluate: 'predictions',
  variants: 'further predictions',
};

/** Whether there are copies that are alike. */
export const hasAlike = (sites: readonly SiteNode[]): boolean =>
  sites.some(({ builds }) => builds.some((build) => build.copies.length > 1 || hasAlike(build.sites)));

export const hookText = ({ hook, variants }: HookNode): string =>
  variants ? `${HOOK_WORDS[hook]}: ${variants.join(', ')}` : HOOK_WORDS[hook];

/** `12.3%`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** A count as tables have it; nothing for 0 and for what is not known. */
export const countText = (count: number | null): string => (count ? formatCount(count) : '');

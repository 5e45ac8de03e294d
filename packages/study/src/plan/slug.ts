/** `KuaiRand-Pure, tabs` as `kuairand-pure-tabs`. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

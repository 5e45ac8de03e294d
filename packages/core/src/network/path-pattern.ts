/** Tells whether a parameter's path fits a pattern: `*` is any name between two slashes or a part of one, `**` anything. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  const whole = new RegExp(`^${source}$`);
  return (path) => whole.test(path);
}

import { MdctrError } from '@mdctr/core';
import type { Parameter } from '@mdctr/tensor';

/**
 * The parameters whose path one of the patterns matches, in their own order.
 * @throws MdctrError MDCTR_MAML_PATTERN for a pattern that matches none.
 */
export function adaptedParameters(parameters: readonly Parameter[], patterns: readonly string[]): Parameter[] {
  const matchers = patterns.map((pattern) => {
    const matcher = matcherOf(pattern);
    if (!parameters.some(({ path }) => matcher.test(path))) throw matchesNothing(pattern, parameters);
    return matcher;
  });
  return parameters.filter(({ path }) => matchers.some((matcher) => matcher.test(path)));
}

/** `*` is any name between two slashes or a part of one, `**` anything. */
function matcherOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}

function matchesNothing(pattern: string, parameters: readonly Parameter[]): MdctrError {
  return new MdctrError('MDCTR_MAML_PATTERN', {
    what: `maml: "adapt" has a pattern that matches no parameter.`,
    expected: `paths such as ${parameters
      .slice(0, 4)
      .map(({ path }) => path)
      .join(', ')}`,
    found: JSON.stringify(pattern),
    hint: 'The embedding table cannot adapt. "**" takes all dense parameters.',
  });
}

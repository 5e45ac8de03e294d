import { MdctrError, pathMatcher } from '@mdctr/core';
import type { Parameter } from '@mdctr/tensor';

/**
 * The parameters whose path one of the patterns matches, in their own order.
 * @throws MdctrError MDCTR_MAML_PATTERN for a pattern that matches none.
 */
export function adaptedParameters(parameters: readonly Parameter[], patterns: readonly string[]): Parameter[] {
  const matchers = patterns.map((pattern) => {
    const matcher = pathMatcher(pattern);
    if (!parameters.some(({ path }) => matcher(path))) throw matchesNothing(pattern, parameters);
    return matcher;
  });
  return parameters.filter(({ path }) => matchers.some((matcher) => matcher(path)));
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

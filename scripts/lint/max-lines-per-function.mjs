// ESLint's rule, for tests too: the callbacks of `describe` are lists of tests, not functions that are read from top to bottom.
import { builtinRules } from 'eslint/use-at-your-own-risk';

const rule = builtinRules.get('max-lines-per-function');

/** Whether a function is what `describe(...)`, or `describe.each(...)(...)`, is given. */
function isSuite({ parent }) {
  if (parent?.type !== 'CallExpression') return false;
  let { callee } = parent;
  while (callee.type !== 'Identifier') callee = callee.object ?? callee.callee ?? callee.tag;
  return callee.name === 'describe';
}

export default {
  meta: rule.meta,
  create(context) {
    const report = (problem) => {
      if (!isSuite(problem.node)) context.report(problem);
    };
    return rule.create(Object.create(context, { report: { value: report } }));
  },
};

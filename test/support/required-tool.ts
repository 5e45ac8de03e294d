/**
 * A tool of this machine that tests need. Where it is missing they are skipped, but for CI (`MDCTR_TOOLS=required`), which installs all of
 * them: there they fail.
 */
export function requiredTool<T>(name: string, found: T | undefined): T | undefined {
  if (found !== undefined || process.env['MDCTR_TOOLS'] !== 'required') return found;
  throw new Error(`${name} is missing, and MDCTR_TOOLS=required: install it, as .ci/tools does.`);
}

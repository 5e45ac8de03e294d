import { afterEach, expect, it, vi } from 'vitest';
import { scaffoldCommand } from '../src/command.js';

afterEach(() => vi.unstubAllEnvs());

/** What the command says of these arguments, which it refuses. */
async function refused(command: string, ...args: string[]): Promise<string> {
  let said = '';
  const made = scaffoldCommand(command, command === 'plugin' ? 'plugin' : undefined);
  made.configureOutput({ writeErr: (text) => void (said += text) });
  await expect(made.parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
  return said;
}

it('says where options go that npm has taken for its own', async () => {
  vi.stubEnv('npm_config_hook', 'true'); // npm create mdctr-plugin abc --hook logit --yes
  vi.stubEnv('npm_config_yes', 'true');
  const right = 'npm create mdctr-plugin abc -- --hook logit\n';
  expect(await refused('create-mdctr-plugin', 'abc', 'logit')).toContain(right);
});

it('refuses further arguments, and says how the name is given', async () => {
  expect(await refused('plugin', 'abc', 'more')).toContain('too many arguments: more');
  expect(await refused('create-mdctr-plugin', '--yes')).toContain('Example: npm create mdctr-plugin foo -- --yes');
  expect(await refused('plugin', '--yes')).toContain('Example: npx mdctr new plugin foo --yes');
});

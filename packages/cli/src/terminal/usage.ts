import { optionPaths } from '@mdctr/config';
import { Registry } from '@mdctr/core';
import { studySchema, trialSchema } from '@mdctr/study';
import type { CommanderError } from 'commander';

/** What a command needs at least, where that is more than a file. */
const EXAMPLES: Readonly<Record<string, string>> = {
  train: 'npx mdctr train trial.json --out model',
  predict: 'npx mdctr predict model --data new.csv --out scores.csv',
};

/** A further sentence on wrong usage of a command; undefined where there is none. */
export function usageHint({ code, message }: CommanderError, command: string): string | undefined {
  if (code === 'commander.missingMandatoryOptionValue') return EXAMPLES[command] && `E.g. ${EXAMPLES[command]}`;
  const flag = code === 'commander.unknownOption' ? /'--([\w-]+)/.exec(message)?.[1] : undefined;
  if (flag === undefined || !TAKE_SET.includes(command)) return undefined;
  const name = flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const registry = new Registry();
  const [path] = optionPaths(command === 'bench' ? studySchema(registry) : trialSchema(registry), name);
  return path && `Options of the config: --set ${path}=VALUE`;
}

/** Commands with `--set`. */
const TAKE_SET = ['bench', 'train', 'profile', 'inspect', 'dev'];

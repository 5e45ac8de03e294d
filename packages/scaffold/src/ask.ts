import type { Readable, Writable } from 'node:stream';
import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { HOOKS, LICENCES, type Hook, type Kind, type Licence } from './choices.js';
import { MdctrError } from '@mdctr/base';
import { namesOf } from './names.js';

/** What may still be open after flags. */
export interface Answers {
  readonly kind?: Kind;
  readonly name?: string;
  readonly hook?: Hook;
  readonly licence?: Licence;
  readonly singleFile?: boolean;
}

/** Where questions are asked; the process's own terminal by default. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Asks on the terminal for what no flag has said. Ctrl-C ends the process; nothing has been written by then. */
export async function ask(
  given: Answers,
  terminal: Terminal = {},
): Promise<Answers & { readonly kind: Kind; readonly name: string }> {
  intro('mdctr new', terminal);
  const kind =
    given.kind ??
    (await answer(
      select<Kind>({
        ...terminal,
        message: 'What shall it be?',
        options: [
          { value: 'plugin', label: 'plugin', hint: 'a multi-domain method, on every backbone' },
          { value: 'backbone', label: 'backbone', hint: 'a network, for every plugin' },
        ],
      }),
    ));
  const name =
    given.name ??
    (await answer(
      text({
        ...terminal,
        message: `Name of the ${kind}, or of its package`,
        placeholder: `foo, or @acme/mdctr-${kind}-foo`,
        validate: (value) => (value?.trim() ? mistakeIn(kind, value) : 'Type a name, e.g. foo.'),
      }),
    ));
  const hook =
    kind === 'backbone'
      ? undefined
      : (given.hook ??
        (await answer(
          select<Hook>({
            ...terminal,
            message: 'Which hook does it begin with?',
            options: Object.entries(HOOKS).map(([value, hint]) => ({ value: value as Hook, label: value, hint })),
          }),
        )));
  const licence =
    given.licence ??
    (given.singleFile
      ? undefined
      : await answer(
          select<Licence>({
            ...terminal,
            message: 'Licence',
            options: LICENCES.map((value) => ({ value, label: value })),
          }),
        ));
  return { ...given, kind, name, ...(hook && { hook }), ...(licence && { licence }) };
}

async function answer<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt;
  if (!isCancel(value)) return value as Exclude<T, symbol>;
  cancel('Interrupted. Nothing was written.');
  process.exit(130);
}

/** In one line, for the prompt. */
function mistakeIn(kind: Kind, name: string): string | undefined {
  try {
    namesOf(kind, name);
    return undefined;
  } catch (error) {
    const { what, hint } = (error as MdctrError).details;
    return [what, hint].filter(Boolean).join(' ');
  }
}

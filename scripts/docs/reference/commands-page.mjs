// docs/reference/commands.md: every command with the help that it prints.
import { createProgram } from '../../../packages/cli/dist/main.js';

const HEAD = `# Commands

<!-- Written by scripts/docs/reference.mjs from the definitions of the commands. -->

What \`mdctr COMMAND --help\` prints, command by command. Write \`npx mdctr\` for \`mdctr\`, in a project that has it installed as in a built checkout.
`;

/** Leaves of the tree of commands, each with the words that call it; commander's own \`help\` is none. */
function leaves(command, words = [command.name()]) {
  const below = command.commands.filter(({ _hidden: hidden }) => !hidden);
  if (below.length === 0) return [{ command, words }];
  return below.flatMap((child) => leaves(child, [...words, child.name()]));
}

function help(command) {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 84 });
  command.outputHelp();
  return text.trimEnd();
}

export function commandsPage() {
  const program = createProgram();
  const sections = leaves(program).map(
    ({ command, words }) => `## ${words.join(' ')}\n\n\`\`\`text\n${help(command)}\n\`\`\`\n`,
  );
  return [HEAD, `## mdctr\n\n\`\`\`text\n${help(program)}\n\`\`\`\n`, ...sections].join('\n');
}

/** Documents that are made from what the program says, so that they cannot say anything else. */
import { tmpdir } from 'node:os';
import { commandList } from '../../src/commands/index.ts';
import { main } from '../../src/commands/main.ts';

/** Help of every command, as the terminal shows it at 100 columns. */
export async function commandReference(): Promise<string> {
  const parts = ['# Commands', 'Made by `npm run reference` from the help of the commands.'];
  for (const { name } of commandList) {
    const help = await outputOf([...name.split(' '), '--help']);
    parts.push(`## risk ${name}`, `\`\`\`\n${help.trimEnd()}\n\`\`\``);
  }
  return `${parts.join('\n\n')}\n`;
}

const FIRST = ['stress', '--scenario', 'luna'];
const LINES = 24;

/** The README with the first lines of what its first command prints between its two markers. */
export async function withFirstResult(readme: string): Promise<string> {
  const output = await outputOf(FIRST);
  const shown = output.split('\n').slice(0, LINES).join('\n').trimEnd();
  return readme.replace(
    /(<!-- first result -->\n)[\s\S]*?(<!-- end -->)/,
    `$1\`\`\`\n${shown}\n...\n\`\`\`\n$2`,
  );
}

/** What a command writes to stdout in a folder without a risk.yaml. */
async function outputOf(argv: readonly string[]): Promise<string> {
  let text = '';
  const code = await main(argv, {
    cwd: tmpdir(),
    columns: 100,
    colour: false,
    progress: false,
    out: (piece) => {
      text += piece;
    },
    err: () => undefined,
  });
  if (code !== 0) throw new Error(`risk ${argv.join(' ')} ended with ${code}`);
  return text;
}

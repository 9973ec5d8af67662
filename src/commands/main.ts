/** From an argument list to an exit code: finds the command, loads it alone, and tells every error in one way. */
import { Command, CommanderError } from 'commander';
import { DataError, InputError } from '../model/errors.ts';
import { version } from '../model/version.ts';
import type { CommandEntry, Shell } from './command.ts';
import { commandList, groupList } from './index.ts';

/** 0 done or passed, 1 a check says no, 2 usage or configuration, 3 data, 70 our bug. */
const EXIT_USAGE = 2;
const EXIT_DATA = 3;
const EXIT_BUG = 70;

export async function main(argv: readonly string[], shell: Omit<Shell, 'finish'>): Promise<number> {
  let code = 0;
  const full: Shell = {
    ...shell,
    finish: (value) => {
      code = value;
    },
  };
  try {
    const program = await programFor(argv, full);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return tell(error, shell);
  }
}

async function programFor(argv: readonly string[], shell: Shell): Promise<Command> {
  const program = new Command('risk')
    .description('Replays market history through the risk engine that guards a live account.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  $ risk backtest-stops --multiplier 2');
  const groups = new Map<string, Command>();
  for (const { name, summary } of groupList)
    groups.set(name, program.command(name).description(summary).helpCommand(false));
  for (const entry of commandList) {
    const [first = '', second] = entry.name.split(' ');
    const parent = second === undefined ? program : (groups.get(first) ?? program);
    parent.addCommand(isAsked(entry, argv) ? (await entry.load()).command(shell) : stub(entry));
  }
  inherit(program, shell);
  return program;
}

function isAsked(entry: CommandEntry, argv: readonly string[]): boolean {
  const words = argv.filter((word) => !word.startsWith('-'));
  return entry.name.split(' ').every((word, i) => words[i] === word);
}

function stub({ name, summary }: CommandEntry): Command {
  return new Command(name.split(' ').at(-1)).description(summary);
}

/** Errors are thrown and told below, never printed or exited by the parser itself. */
function inherit(command: Command, shell: Shell): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: shell.out,
    writeErr: shell.err,
    getOutHelpWidth: () => shell.columns,
    getErrHelpWidth: () => shell.columns,
    outputError: () => undefined,
  });
  for (const child of command.commands) inherit(child, shell);
}

function tell(error: unknown, shell: Omit<Shell, 'finish'>): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // The parser shows its help on stderr where a command is missing; there is nothing to add.
    if (error.code !== 'commander.help') shell.err(`${error.message.replace(/^error: /, 'USAGE: ')}\n`);
    return EXIT_USAGE;
  }
  if (error instanceof InputError || error instanceof DataError) {
    shell.err(`${error.message}\n`);
    return error instanceof InputError ? EXIT_USAGE : EXIT_DATA;
  }
  shell.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  shell.err(`This is a bug of risk ${version}. Nothing was written.\n`);
  return EXIT_BUG;
}

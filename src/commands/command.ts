/**
 * What a command is, and all that it may see of the process it runs in.
 *
 * One file per command exports `command(shell)`, which returns a commander command whose action ends by
 * `shell.finish(code)`. Wrong input is thrown (`InputError`, `DataError`) and told by `main.ts` alone.
 */
import type { Command } from 'commander';

export type Shell = {
  /** The working directory, for relative paths and `risk.yaml`. */
  readonly cwd: string;
  /** Columns of the terminal that stdout is, or 100 where it is none. */
  readonly columns: number;
  /** Colour on stdout: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
  /** True where stderr is a terminal: progress is shown there and nowhere else. */
  readonly progress: boolean;
  /** stdout: the result and nothing else. */
  readonly out: (text: string) => void;
  /** stderr: progress and warnings. */
  readonly err: (text: string) => void;
  /** The exit code: 0 done or passed, 1 a check says no, 2 usage, 3 data, 4 replay not identical, 70 our bug. */
  readonly finish: (code: number) => void;
};

export type CommandEntry = {
  /** As typed after `risk`: `backtest-stops`, or two words for a sub-command: `data inspect`. */
  readonly name: string;
  readonly summary: string;
  /** Loads the file of the command; only the command that runs is loaded. */
  readonly load: () => Promise<{ readonly command: (shell: Shell) => Command }>;
};

/** The commands: what `risk --help` lists without loading any of them. */
import type { CommandEntry } from './command.ts';

export const commandList: readonly CommandEntry[] = [
  {
    name: 'backtest-stops',
    summary: 'How often a stop would have been hit, for every multiplier, on the same trades',
    load: () => import('./backtest-stops.ts'),
  },
  {
    name: 'config',
    summary: 'Every effective value of the configuration with its origin',
    load: () => import('./config.ts'),
  },
  {
    name: 'init',
    summary: 'Writes a commented risk.yaml with every default into the working directory',
    load: () => import('./init.ts'),
  },
  {
    name: 'schema',
    summary: 'The JSON Schema of risk.yaml, or of the JSON report of a command',
    load: () => import('./schema.ts'),
  },
];

/** What a word before a sub-command means: `risk data inspect`. */
export const groupList: readonly { readonly name: string; readonly summary: string }[] = [];

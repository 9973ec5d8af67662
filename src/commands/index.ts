/** The commands: what `risk --help` lists without loading any of them. */
import type { CommandEntry } from './command.ts';

export const commandList: readonly CommandEntry[] = [
  {
    name: 'audit verify',
    summary: 'The first broken line of an audit log; exit code 1 where there is one',
    load: () => import('./audit-verify.ts'),
  },
  {
    name: 'audit show',
    summary: 'Decisions of an audit log: what was seen, what was done, what followed',
    load: () => import('./audit-show.ts'),
  },
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
    name: 'data inspect',
    summary: 'What the data gate finds in files: every finding, every impossible row, a score',
    load: () => import('./data-inspect.ts'),
  },
  {
    name: 'data describe',
    summary: 'Return statistics per symbol: moments, quantiles, autocorrelation, drawdown',
    load: () => import('./data-describe.ts'),
  },
  {
    name: 'data convert',
    summary: 'Gated bars as a CSV or Arrow file, of another interval where one is asked for',
    load: () => import('./data-convert.ts'),
  },
  {
    name: 'funding table',
    summary: 'How long funding alone takes to liquidate a position, by leverage',
    load: () => import('./funding-table.ts'),
  },
  {
    name: 'funding replay',
    summary: 'Recorded rates over a position: what the mark brought and what funding did, apart',
    load: () => import('./funding-replay.ts'),
  },
  {
    name: 'funding breaker',
    summary: 'The funding breaker at every threshold over a history: what it saves, misses and costs',
    load: () => import('./funding-breaker.ts'),
  },
  {
    name: 'init',
    summary: 'Writes a commented risk.yaml with every default into the working directory',
    load: () => import('./init.ts'),
  },
  {
    name: 'margin',
    summary: 'What a venue asks of a position or a book, and at which price it liquidates',
    load: () => import('./margin.ts'),
  },
  {
    name: 'check',
    summary: 'Whether the guards let one order pass, what they cut of it, and why',
    load: () => import('./check.ts'),
  },
  {
    name: 'replay',
    summary: 'A journal or a held book through the simulated exchange, with the guards and without',
    load: () => import('./replay.ts'),
  },
  {
    name: 'scenarios list',
    summary: 'The bundled scenarios: crises, hypothetical worlds, controls',
    load: () => import('./scenarios-list.ts'),
  },
  {
    name: 'scenarios validate',
    summary: 'Whether scenario files say what can be, and what they hold; exit code 2 where one does not',
    load: () => import('./scenarios-validate.ts'),
  },
  {
    name: 'schema',
    summary:
      'The JSON Schema of risk.yaml, of a portfolio, order or scenario, or of the JSON report of a command',
    load: () => import('./schema.ts'),
  },
  {
    name: 'size',
    summary: 'How large a position may be, by every rule, and what that does to wealth',
    load: () => import('./size.ts'),
  },
  {
    name: 'stress',
    summary: 'A book through crises and hypothetical worlds, with the guards and without',
    load: () => import('./stress.ts'),
  },
  {
    name: 'var',
    summary: 'What a book may lose over a horizon, by eight methods, and who carries it',
    load: () => import('./var.ts'),
  },
];

/** What a word before a sub-command means: `risk data inspect`. */
export const groupList: readonly { readonly name: string; readonly summary: string }[] = [
  { name: 'audit', summary: 'Reads the log of what the engine decided, and why' },
  { name: 'data', summary: 'Looks at market data and journals before anything is built on them' },
  {
    name: 'funding',
    summary: 'What funding does to a position: to its margin, on recorded rates, under a breaker',
  },
  { name: 'scenarios', summary: 'Looks at scenario files: events that a book can be sent through' },
];

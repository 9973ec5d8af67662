/** `risk funding table`: how long funding alone takes to liquidate a position, by leverage. */
import { Command } from 'commander';
import { fundingTablePage } from '../pages/funding-table.ts';
import { fundingTable } from '../studies/funding-table.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { fundedFlags } from './funding-flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { numberList, numberValue, wholeValue } from './option-values.ts';
import { publish, reportOf } from './publish.ts';

const study = 'studies.funding.table';

const flags: readonly PathFlag[] = [
  {
    flags: '--leverage <list>',
    path: `${study}.leverages`,
    help: 'a row for each: 2,5,10',
    parse: numberList,
  },
  {
    flags: '--rate <f>',
    path: `${study}.rate`,
    help: 'per settlement, a fraction of notional; + longs pay, - shorts do',
    parse: numberValue,
  },
  { flags: '--per <time>', path: `${study}.per`, help: 'time between settlements, such as 8h' },
  {
    flags: '--mmr <f>',
    path: `${study}.mmr`,
    help: 'maintenance, a fraction of notional',
    parse: numberValue,
  },
  { flags: '--entry <price>', path: `${study}.entry`, help: 'entry price, and the mark that stays there' },
  {
    flags: '--weeks <n>',
    path: `${study}.weeks`,
    help: 'weeks whose liquidation price is told',
    parse: wholeValue(),
  },
  ...fundedFlags('direction', 'inverse'),
];

const help = `
settlements = ceil((1 / leverage - mmr) / rate), in decimals; days = settlements x per. The drain a day is a fraction of notional, which
leverage does not change, and of margin, which it multiplies.

S2 prints another table, at "0.1 % rate", which fits no single rate; beside the right days at 0.1 % per 8 h and 0.5 % of maintenance:

  leverage   S2: liquidation  drain a day  days   its columns give   right: of margin a day   days
  2x         -50 %            0.2 %        250    250                0.6 %                    165
  5x         -20 %            0.5 %        40     40                 1.5 %                    65
  10x        -10 %            1 %          20     10                 3 %                      31.7
  20x        -5 %             2 %          10     2.5                6 %                      15
  50x        -2 %             5 %          4      0.4                15 %                     5

Its drain is that of margin where 0.1 % is charged once a day. 250 and 40 divide a share of notional by one of margin; the others are
200 / leverage. The days mean 0.2 % of notional a day at 2x, and 0.5 % at all others.

Examples:
  $ risk funding table
  $ risk funding table --leverage 2,5,10,20,50 --rate 0.001 --per 8h --mmr 0.005
  $ risk funding table --direction both --rate -0.0005 --per 2h --format csv`;

export function command(shell: Shell): Command {
  const self = new Command('table')
    .description('How long funding alone takes to liquidate a position at a flat mark, by leverage.')
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = fundingTable.run(null, config.values, ctx);
    const loaded = { inputs: [], fidelity: [], warnings: [] };
    const report = reportOf('funding table', outcome, loaded, { config, seed: shared.seed });
    const { detail } = shared;
    await publish(shell, shared, {
      report,
      page: fundingTablePage(report, { charts: false, detail }),
      graphic: () => fundingTablePage(report, { charts: true, detail }),
    });
    shell.finish(0);
  });
}

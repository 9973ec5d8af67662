/** `risk funding breaker`: the funding breaker at every threshold over a whole history. */
import { Command } from 'commander';
import { fundingBreakerPage } from '../pages/funding-breaker.ts';
import { fundingBreaker } from '../studies/funding-breaker.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { fundedFlags } from './funding-flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { fundedDataFlags, loadFunding } from './load-funding.ts';
import { numberList, numbersOrRange } from './option-values.ts';
import { publish, reportOf } from './publish.ts';

const study = 'studies.funding.breaker';

const flags: readonly PathFlag[] = [
  {
    flags: '--thresholds <list>',
    path: `${study}.thresholds`,
    help: 'rates as of 8 hours: 0.0005,0.001 or 0.0003:0.003:0.0001',
    parse: numbersOrRange,
  },
  {
    flags: '--periods <list>',
    path: `${study}.periods`,
    help: 'settlements in a row above it: 1,2,3',
    parse: numberList,
  },
  {
    flags: '--action <what>',
    path: 'guards.funding-breaker.action',
    help: 'leave, or hold the other side meanwhile',
    choices: ['close', 'flip'],
  },
  ...fundedFlags('perp', 'direction', 'inverse', 'sizing', 'flat', 'from', 'to'),
  ...fundedDataFlags,
];

const help = `
The position is held over the whole history; each cell of thresholds and periods is judged by what it saves in funding, misses of the mark,
and pays to leave and come back. The best cell is compared with its neighbours in the grid, with no breaker, and with the configured one,
by a paired block bootstrap; its interval does not know that the best cell was chosen as the best. White's reality check draws the best of all
cells anew: without it no cell is better than no breaker. Fewer than 10 blocks of the bootstrap give no interval and no p.

Examples:
  $ risk funding breaker
  $ risk funding breaker --thresholds 0.0003:0.003:0.0001 --periods 1,2,3
  $ risk funding breaker --perp SOLUSDT --direction both --thresholds 0.0002,0.0003,0.0005 --action flip --html breaker.html`;

export function command(shell: Shell): Command {
  const self = new Command('breaker')
    .description(
      'The funding breaker at every threshold over a history: funding saved, mark missed, cost, and whether the best cell is more than luck.',
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const loaded = await loadFunding(shell, config.values);
    const { seed, format } = shared;
    const outcome = fundingBreaker.run(loaded, config.values, { seed, progress: () => undefined });
    const report = reportOf('funding breaker', outcome, loaded, { config, seed });
    // CSV carries the cells, which a reader of the table sees as a map.
    const detail = shared.detail || format === 'csv';
    await publish(shell, shared, {
      report,
      page: fundingBreakerPage(report, { charts: false, detail }),
      graphic: () => fundingBreakerPage(report, { charts: true, detail }),
    });
    shell.finish(0);
  });
}

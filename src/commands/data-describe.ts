/** `risk data describe`: what the returns of each symbol are like. */
import { Command } from 'commander';
import { dataDescribePage } from '../pages/data-describe.ts';
import { dataDescribe } from '../studies/data-describe.ts';
import type { Shell } from './command.ts';
import { filesAsOhlcv } from './data-flags.ts';
import { addPathFlags, addSharedOptions, readShared } from './flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { marketFlags } from './market-flags.ts';
import { publish, reportOf } from './publish.ts';

const examples = `
Examples:
  $ risk data describe
  $ risk data describe --interval 1d --format markdown`;

export function command(shell: Shell): Command {
  const self = new Command('describe')
    .description('Return statistics per symbol: moments, quantiles, autocorrelation, drawdown.')
    .argument('[files...]', 'bars: files, folders or globs; the same as --ohlcv')
    .addHelpText('after', examples);
  addSharedOptions(self);
  addPathFlags(self, marketFlags);
  return self.action(async (named: readonly string[]) => {
    const shared = readShared(self);
    const asked = filesAsOhlcv(named, self.opts<{ ohlcv?: readonly string[] }>().ohlcv);
    const config = await loadCommandConfig(shell, self, marketFlags, asked);
    const loaded = await loadInputs(shell, config.values.data, {
      roles: ['ohlcv', 'ticks'],
      fromSample: ['ohlcv'],
    });
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = dataDescribe.run(loaded, config.values, ctx);
    const report = reportOf('data describe', outcome, loaded, { config, seed: shared.seed });
    const page = dataDescribePage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(0);
  });
}

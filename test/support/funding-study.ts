/** The funding studies as their commands run them: the product's own configuration, a venue of stated terms, invented rates. */
import { configTree } from '../../src/commands/config-tree.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import type { Funding } from '../../src/market/funding.ts';
import { fundingIntervals } from '../../src/market/funding-intervals.ts';
import type { FundedInputs, FundedTree } from '../../src/studies/funding-replay.ts';
import { flatTable } from './flat-table.ts';
import { venueOfTable } from './venue-scene.ts';

const HOUR = 3_600_000;

export const ctx = { seed: 1, progress: () => undefined };

const trees = new Map<string, FundedTree>();

/** The effective configuration where `settings` (`path=value`, the later wins) are set; read once for each list of them. */
export function fundedTree(...settings: readonly string[]): FundedTree {
  const key = settings.join('\n');
  const known = trees.get(key);
  if (known !== undefined) return known;
  const tree: FundedTree = loadConfigWithoutFile(configTree, settings.map(readSetting)).values;
  trees.set(key, tree);
  return tree;
}

/** Rates from the start of 1970 on, one each 8 hours unless told. */
export function ratesOf(rates: readonly number[], hours = 8, symbol = 'AAAUSDT'): Funding {
  const time = Float64Array.from(rates, (_, i) => i * hours * HOUR);
  const interval =
    rates.length > 1 ? fundingIntervals(time).interval : new Float64Array(1).fill(hours * HOUR);
  return { symbol, time, rate: Float64Array.from(rates), interval };
}

/** At a venue of one maintenance rate, without fees and cap. */
export function fundedInputs(
  inputs: Partial<FundedInputs> & Pick<FundedInputs, 'funding'>,
  mmr = 0.005,
): FundedInputs {
  return { ohlcv: [], mark: [], venue: venueOfTable(flatTable(mmr)), ...inputs };
}

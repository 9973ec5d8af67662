/** What the funding commands on recorded rates are given: rates, prices, the terms of the venue. */
import { loadVenue } from '../io/venue-files.ts';
import type { FundedInputs } from '../studies/funding-replay.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import type { PathFlag } from './flags.ts';
import { type Loaded, loadInputs } from './load.ts';
import { bookFlags, marketFlags } from './market-flags.ts';
import { venueFlags } from './venue-flags.ts';

const venuePaths = [
  'venue.name',
  'venue.fees.taker',
  'venue.fees.liquidation',
  'venue.slippage.halfSpreadBps',
];

/** Files and terms, as `loadFunding` reads them. */
export const fundedDataFlags: readonly PathFlag[] = [
  ...bookFlags.filter(({ path }) => path !== 'data.portfolio'),
  ...marketFlags.filter(({ path }) => path !== 'data.ticks'),
  ...venueFlags.filter(({ path }) => venuePaths.includes(path)),
];

export type FundingLoad = Loaded & FundedInputs;

/** Where the mark is held flat no bars are read, and none of the sample. */
export async function loadFunding(shell: Shell, { data, venue, studies }: ConfigTree): Promise<FundingLoad> {
  const isFlat = studies.funding.flat !== null;
  const loaded = await loadInputs(shell, data, {
    roles: isFlat ? ['funding'] : ['funding', 'ohlcv', 'mark'],
    fromSample: isFlat ? ['funding'] : ['funding', 'ohlcv'],
  });
  return { ...loaded, venue: await loadVenue(venue.name) };
}

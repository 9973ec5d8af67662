/** The replay study as its command runs it: the product's own configuration, a venue of stated terms, inputs made in a test. */
import { configTree } from '../../src/commands/config-tree.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import type { ReplayInputs, ReplayTree } from '../../src/studies/replay.ts';
import { flatTable } from './flat-table.ts';
import { venueOfTable } from './venue-scene.ts';

/** A venue without costs, impact, funding and latency: what is left is prices, margins and guards. */
export const costless = [
  'venue.name=test',
  'venue.fees.maker=0',
  'venue.fees.taker=0',
  'venue.fees.liquidation=0',
  'venue.slippage.halfSpreadBps=0',
  'venue.slippage.impactCoefficient=0',
  'venue.flatFunding=0',
  'engine.latency=0',
];

const trees = new Map<string, ReplayTree>();

/** The effective configuration where `settings` (`path=value`, the later wins) are set; read once for each list of them. */
export function replayTree(...settings: readonly string[]): ReplayTree {
  const key = settings.join('\n');
  const known = trees.get(key);
  if (known !== undefined) return known;
  const tree: ReplayTree = loadConfigWithoutFile(configTree, settings.map(readSetting)).values;
  trees.set(key, tree);
  return tree;
}

/** A journal or a book at one venue with 0.5 % maintenance, everything kept of its equity. */
export function replayInputs(inputs: Partial<ReplayInputs> & Pick<ReplayInputs, 'ohlcv'>): ReplayInputs {
  return {
    mark: [],
    ticks: [],
    funding: [],
    journal: null,
    book: null,
    venues: [venueOfTable(flatTable(0.005))],
    equityPoints: Number.POSITIVE_INFINITY,
    listen: null,
    ...inputs,
  };
}

export const ctx = { seed: 1, progress: () => undefined };

/** A stress test of small scenarios: inputs without files, the default configuration, results that fit their schema. */
import { configTree } from '../../src/commands/config-tree.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { bookOf } from '../../src/io/portfolio-text.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { type StressInputs, stress } from '../../src/studies/stress.ts';
import { type ScenarioResult, stressResult } from '../../src/studies/stress-result.ts';
import type { VenueSpec } from '../../src/venue/venue-spec.ts';
import { flatTable } from './flat-table.ts';
import { venueOfTable } from './venue-scene.ts';

export const ctx = { seed: 1, progress: () => undefined };

/** 10 BTC at 100 and 5x on 1,000: a long that a fall of a fifth ruins. */
export const longBook = `account: { balance: 1000, venue: test, marginMode: isolated }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, leverage: 5 }
`;

export function treeOf(...settings: readonly string[]) {
  return loadConfigWithoutFile(configTree, settings.map(readSetting)).values;
}

export type Given = Partial<Omit<StressInputs, 'book' | 'scenarios'>> & {
  readonly book?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
};

/** Maintenance 1 %, no fees. */
export const venues: readonly VenueSpec[] = [venueOfTable(flatTable(0.01))];

/** Without friction of our own making, so that hand arithmetic is exact. */
export const frictionless = ['venue.slippage.halfSpreadBps=0', 'venue.slippage.impactCoefficient=0'] as const;

export function stressOf(
  scenarios: readonly Scenario[],
  { book = longBook, set = [], seed = 1, ...more }: Given = {},
) {
  const inputs: StressInputs = {
    book: bookOf(book, 'book.yaml'),
    scenarios,
    venues,
    recorded: [],
    ohlcv: [],
    equityPoints: 200,
    ...more,
  };
  const outcome = stress.run(inputs, treeOf(...frictionless, ...set), { ...ctx, seed });
  stressResult.parse(outcome.result);
  return outcome;
}

/** The result of one scenario. */
export function resultOf(scenario: Scenario, given: Given = {}): ScenarioResult {
  const [result] = stressOf([scenario], given).result.scenarios;
  if (result === undefined) throw new Error('a scenario has a result');
  return result;
}

/** The guard of stops alone in an engine: by default 2 ATRs of 5, at 100. */
import { expect } from 'vitest';
import { withConfig } from '../../src/engine/engine.ts';
import { type StopsState, stops } from '../../src/engine/guards/stops.ts';
import type { StopsConfig } from '../../src/engine/guards/stops-config.ts';
import type { MarketMoment } from '../../src/engine/view.ts';
import { adaptiveStop } from '../../src/risk/stop.ts';
import { refresh } from '../../src/venue/venue.ts';
import { type EngineScene, engineScene, play, story } from './engine-scene.ts';
import { bookOf, positionOf } from './venue-scene.ts';

export const staging: StopsConfig = {
  type: 'atr',
  multiplier: 2,
  byStrategy: { 'trend-following': 2, 'mean-reversion': 1 },
  atrPeriod: 14,
  atrMethod: 'wilder',
  adaptive: { confidence: 0.5, trails: false, ...adaptiveStop },
  retry: 30,
};

export type Setting = {
  readonly config?: Partial<StopsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly marks?: readonly number[];
  readonly moments?: readonly Partial<MarketMoment>[];
  readonly account?: Parameters<typeof bookOf>[1];
  /** Accounts beside the first, all like it. */
  readonly others?: readonly string[];
  /** Prices of stops that rest against the long of BTCUSDT. */
  readonly resting?: readonly string[];
};

export function sceneOf({
  config = {},
  held = [],
  marks = [100],
  moments = [{ atr: 5 }],
  account,
  others = [],
  resting = [],
}: Setting = {}): EngineScene {
  const book = bookOf(held.map(positionOf), account);
  const accounts = book.accounts.flatMap((one) => [one, ...others.map((id) => ({ ...one, id }))]);
  return engineScene({
    book: { ...book, accounts, orders: resting.map(restingStop) },
    marks,
    moments,
    guards: [withConfig(stops, { ...staging, ...config })],
    symbols: ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length),
  });
}

function restingStop(price: string): ReturnType<typeof bookOf>['orders'][number] {
  return {
    account: 'main',
    symbol: 'BTCUSDT',
    kind: 'stop-market',
    qty: null,
    price,
    trigger: 'last',
    reduceOnly: true,
    leverage: 1,
    contract: 'linear',
  };
}

export function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

export const stateOf = (scene: EngineScene) => scene.engine.state.guards['stops'] as StopsState;

/** The positions that it keeps stops of, as account / symbol / side. */
export const keptOf = (scene: EngineScene) =>
  stateOf(scene).stops.map(({ account, symbol, side }) => `${account}/${symbol}/${side}`);

/** Takes a position from the venue without a word to the engine. */
export function vanish({ venue }: EngineScene, account = 0): void {
  venue.state.accounts[account]?.positions.splice(0);
  refresh(venue);
}

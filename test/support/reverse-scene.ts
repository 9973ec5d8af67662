/** A book at one moment for reverse stress, beside an engine that has seen its prices. */

import { type GuardName, guardNames } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import type { GuardsConfig } from '../../src/engine/guards-config.ts';
import type { MarketMoment } from '../../src/engine/view.ts';
import type { Bars } from '../../src/market/bars.ts';
import { outcomesOf } from '../../src/studies/stress/reverse-outcomes.ts';
import { type StandingBook, stand } from '../../src/studies/stress/reverse-standing.ts';
import { type Move, type Uniform, uniformShocks } from '../../src/studies/stress/reverse-uniform.ts';
import { type EngineScene, engineScene } from './engine-scene.ts';
import { guardsOn } from './guard-settings.ts';
import { type Setting, venueAt } from './still-venue.ts';
import { barsOf } from './venue-scene.ts';

export type ReverseSetting = Setting & {
  readonly guards?: GuardsConfig;
  readonly speaking?: readonly GuardName[];
  readonly moments?: readonly Partial<MarketMoment>[];
};

/** All guards speak as the documents have them, unless told. */
export function reverseScene(setting: ReverseSetting): {
  readonly standing: StandingBook;
  readonly engine: EngineScene;
} {
  const { guards = guardsOn, speaking = guardNames, moments = [], ...rest } = setting;
  const engine = engineScene({ ...rest, guards: configureGuards(guards, speaking), moments });
  const { market } = engine.viewNow();
  const tree = { mode: 'moderate', engine: { guards: [...speaking], latency: 30 }, guards };
  return { standing: { book: setting.book, venue: venueAt(rest), market, tree }, engine };
}

export function solved(setting: ReverseSetting, move: Move): readonly Uniform[] {
  const standing = stand(reverseScene(setting).standing);
  return uniformShocks(standing, outcomesOf(standing).outcomes, move);
}

/** Shocks by name; of several of one name the first. */
export function shocksByName(rows: readonly Uniform[]): ReadonlyMap<string, number | null> {
  return new Map(rows.toReversed().map(({ row }) => [row.name, row.shock]));
}

const DAY = 86_400_000;

/** Daily bars whose closes have these returns, one after another, from 100. */
export function barsOfReturns(symbol: string, returns: readonly number[]): Bars {
  const closes = [100];
  for (const one of returns) closes.push((closes.at(-1) ?? 0) * (1 + one));
  return barsOf(
    closes.map((close) => [close, close, close, close] as const),
    { symbol, interval: DAY },
  );
}

/** What a row of a source document's tables is here: where it stands in the configuration, and a story that trips it. */
import type { GuardName } from '../../src/engine/decision.ts';
import type { MarketMoment } from '../../src/engine/view.ts';
import type { positionOf } from '../support/venue-scene.ts';

/** An environment with the default mode, or a mode with the default environment. */
export const profiles = [
  'staging',
  'development',
  'production',
  'conservative',
  'aggressive',
  'speculative',
  'paper',
] as const;

export type Profile = (typeof profiles)[number];

/** Staging, and every mode, which stands on staging. */
export const staging: readonly Profile[] = ['staging', 'conservative', 'aggressive', 'speculative', 'paper'];

/** The values of staging that production keeps, and those that development does. */
export const notDevelopment: readonly Profile[] = [...staging, 'production'];
export const notProduction: readonly Profile[] = [...staging, 'development'];

export type Row = {
  readonly document: 'S0' | 'S1' | 'S2' | 'S3' | 'S4';
  /** As the document names it. */
  readonly row: string;
  readonly path: string;
  /** In the unit of the configuration; left out where no key can hold it, and the source only names it as set aside. */
  readonly states?: unknown;
  /** The words in which the configuration cites it. */
  readonly cites: string;
  /** Where it is the effective value; elsewhere it must be named among those that lost. All where left out. */
  readonly wins?: readonly Profile[];
  readonly trip: Story | Held;
};

/** What a story plays in: empty where left out, with 100,000 in an account of one venue and BTCUSDT at 100. */
export type Stage = {
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly cross?: boolean;
  readonly balance?: string;
  readonly symbols?: readonly string[];
  readonly marks?: readonly number[];
  readonly last?: readonly number[];
  readonly moments?: readonly Partial<MarketMoment>[];
  /** Hourly log returns by symbol. */
  readonly returns?: readonly Float64Array[];
  /** Of maintenance; 0.5 % where left out. */
  readonly rate?: number;
};

/**
 * Played twice, under the first profile in which the row wins; where it wins in none, under staging with the row set. The
 * decision is in the second one alone.
 */
export type Story = {
  readonly stage?: Stage;
  /** Of the second playing, where the prices that it begins with make the difference. */
  readonly stageBeyond?: Stage;
  /** The guards of the scene; that of the path where left out. */
  readonly guards?: readonly GuardName[];
  readonly sets?: readonly string[];
  /** The profile, where it is not the first in which the row wins. */
  readonly under?: Profile;
  readonly inside: string;
  readonly beyond: string;
  /** Guard, kind and rule of the decision, and more of it where that tells something. */
  readonly says: string;
};

/** A test of some other file in a folder of the tests that trips it. */
export type Held = { readonly folder: string; readonly test: string };

/** 1000 at 100 without leverage: each point is 1 % of the 100,000. */
export const percentByPoint: Stage = { held: [{ qty: '1000', entry: '100', leverage: 1 }] };

export const times = (count: number, line: string): string =>
  Array.from({ length: count }, () => line).join('\n');

/** So many opening fills of one day. */
export const opens = (count: number): string => times(count, '0:01 open BTCUSDT +0.001 @ 100 x1');

/** So many round trips, each of which gains or loses 1. */
export const trips = (count: number, gain: 1 | -1): string =>
  times(count, `0:01 open BTCUSDT +1 @ 100 x1\n0:01 close BTCUSDT 1 @ ${100 + gain}`);

/** A fall of the mark to a loss that is allowed, and to one that is not. */
export const fall = (inside: number, beyond: number, says: string): Story => ({
  stage: percentByPoint,
  inside: `0:01 mark BTCUSDT ${inside}`,
  beyond: `0:01 mark BTCUSDT ${beyond}`,
  says,
});

/** An order that passes, and one that does not. */
export const order = (inside: string, beyond: string, says: string, rest: Partial<Story> = {}): Story => ({
  inside: `0:01 order BTCUSDT ${inside}`,
  beyond: `0:01 order BTCUSDT ${beyond}`,
  says,
  ...rest,
});

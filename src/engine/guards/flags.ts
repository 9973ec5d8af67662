/**
 * Flags: what a person should look at. They tell and never act.
 *
 * Source  S0 check_liquidation_risk (15 % against the entry is high risk; more than 3 such positions: diversify; total risk above
 * twice the risk per trade: reduce sizes); issue of S2, S3: distance to liquidation; RULES 3.1
 */
import type { Finding } from '../decision.ts';
import type { Guard, Say } from '../guard.ts';
import { offText } from '../loss-limit.ts';
import { liquidationPrice, unrealised } from '../measures.ts';
import { type PositionView, positionKey, type View } from '../view.ts';
import type { FlagsConfig } from './flags-config.ts';

type FlagsState = {
  readonly config: FlagsConfig;
  /** Keys of positions that stand far against their entry. */
  adverse: string[];
  /** Keys of positions that stand near their liquidation. */
  near: string[];
  diversify: boolean;
  reduce: boolean;
};

export const flags: Guard<FlagsConfig, FlagsState> = {
  name: 'flags',
  init: (config) => ({ config, adverse: [], near: [], diversify: false, reduce: false }),
  watch: ({ config, adverse, near }, view, bounds) => {
    for (const one of view.positions) {
      const key = positionKey(one);
      if (config.adverse !== null) {
        const isFlagged = adverse.includes(key);
        // It is taken back where half of the move has come back, so that a price which trembles says nothing twice.
        const price = one.entry * (1 - one.side * config.adverse * (isFlagged ? 0.5 : 1));
        if (isFlagged === one.side > 0) bounds.markAbove(one.symbol, price);
        else bounds.markBelow(one.symbol, price);
      }
      const price = nearPrice(view, one, config.liquidationAtrs);
      if (price === null || near.includes(key)) continue;
      if (one.side > 0) bounds.markBelow(one.symbol, price);
      else bounds.markAbove(one.symbol, price);
    }
  },
  on: {
    marks: (view, own, _, say) => look(view, own, say),
    clock: (view, own, _, say) => look(view, own, say),
    fill: (view, own, _, say) => {
      const keys = view.positions.map(positionKey);
      own.adverse = own.adverse.filter((key) => keys.includes(key));
      own.near = own.near.filter((key) => keys.includes(key));
      look(view, own, say);
    },
  },
  rules: ({ config }) => [
    { rule: 'adverse-move', dead: offText(config.adverse) },
    { rule: 'near-liquidation', dead: offText(config.liquidationAtrs) },
    { rule: 'diversify-holdings', dead: offText(config.adverse === null ? null : config.diversifyAbove) },
    { rule: 'reduce-position-sizes', dead: offText(config.totalRisk) },
  ],
};

function look(view: View, own: FlagsState, say: Say): void {
  for (const position of view.positions) {
    lookAtMove(view, own, position, say);
    lookAtDistance(view, own, position, say);
  }
  const { diversifyAbove, totalRisk } = own.config;
  const many = diversifyAbove !== null && own.adverse.length > diversifyAbove;
  if (many !== own.diversify) {
    own.diversify = many;
    tell('diversify-holdings', many, { observed: own.adverse.length, threshold: diversifyAbove }, say);
  }
  const risk = view.positions.reduce((sum, one) => sum + Math.abs(unrealised(view, one)), 0) / view.total;
  const heavy = totalRisk !== null && view.total > 0 && risk > totalRisk;
  if (heavy !== own.reduce) {
    own.reduce = heavy;
    tell('reduce-position-sizes', heavy, { observed: risk, threshold: totalRisk }, say);
  }
}

type Seen = { readonly observed: number; readonly threshold: number | null };

const measures: Readonly<Record<string, string>> = {
  'adverse-move': 'adverseMove',
  'near-liquidation': 'liquidationAtrs',
  'diversify-holdings': 'highRiskPositions',
  'reduce-position-sizes': 'totalRisk',
};

function tell(rule: string, on: boolean, { observed, threshold }: Seen, say: Say): void {
  const finding: Finding = {
    rule: on ? rule : `${rule}-recovered`,
    severity: on ? 'warning' : 'info',
    measure: measures[rule] ?? rule,
    observed,
    threshold,
  };
  say.on(rule, on);
  say.alert(finding);
}

/** The move of the mark against the entry, a fraction of the entry, + is bad. */
function adverseMove({ mark }: View, { symbol, side, entry }: PositionView): number {
  return (side * (entry - mark[symbol]!)) / entry;
}

function lookAtMove(view: View, own: FlagsState, position: PositionView, say: Say): void {
  const { adverse } = own.config;
  if (adverse === null) return;
  const key = positionKey(position);
  const observed = adverseMove(view, position);
  const isFlagged = own.adverse.includes(key);
  if (!isFlagged && observed > adverse) {
    own.adverse = [...own.adverse, key];
    tell('adverse-move', true, { observed, threshold: adverse }, say);
  } else if (isFlagged && observed < adverse / 2) {
    own.adverse = own.adverse.filter((one) => one !== key);
    tell('adverse-move', false, { observed, threshold: adverse }, say);
  }
}

/** The mark at which a position is `atrs` from its liquidation; null where there is no such price. */
function nearPrice(view: View, position: PositionView, atrs: number | null): number | null {
  const { atr } = view.market.at(position.symbol, view.time);
  if (atrs === null || !Number.isFinite(atr)) return null;
  const price = liquidationPrice(view, position);
  return price === null ? null : price + position.side * atrs * atr;
}

function lookAtDistance(view: View, own: FlagsState, position: PositionView, say: Say): void {
  const { liquidationAtrs } = own.config;
  const near = nearPrice(view, position, liquidationAtrs);
  if (near === null) return;
  const { symbol, side } = position;
  const { atr } = view.market.at(symbol, view.time);
  const mark = view.mark[symbol]!;
  const key = positionKey(position);
  const isFlagged = own.near.includes(key);
  const observed = (liquidationAtrs ?? 0) + (side * (mark - near)) / atr;
  const seen = { observed, threshold: liquidationAtrs };
  if (!isFlagged && side * (mark - near) < 0) {
    own.near = [...own.near, key];
    tell('near-liquidation', true, seen, say);
  } else if (isFlagged && side * (mark - near) > atr) {
    own.near = own.near.filter((one) => one !== key);
    tell('near-liquidation', false, seen, say);
  }
}

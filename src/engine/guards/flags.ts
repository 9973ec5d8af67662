/**
 * Flags: what a person should look at. They tell and never act.
 *
 * - A flag of a position is raised once, beyond its bound, and taken back where half of an adverse move has come back, or the
 *   liquidation is an ATR farther than the bound: a price that trembles says nothing twice.
 * - Moves and distances are looked at where the mark crosses them, with the ATR of the look before; all of them with every fill
 *   and at the start of every day.
 *
 * Source  S0 check_liquidation_risk (15 % against the entry is high risk; more than 3 such positions: diversify; total risk above
 * twice the risk per trade: reduce sizes); issue of S2, S3: distance to liquidation; RULES 3.1
 */
import { type Money, money, zero } from '../../model/money.ts';
import { compareNear, type Order } from '../../risk/compare.ts';
import { type Finding, wholeBook } from '../decision.ts';
import type { Guard, Say } from '../guard.ts';
import { offText } from '../loss-limit.ts';
import { currencyRate, exactTotal, liquidationPrice, unrealised } from '../measures.ts';
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

/** Part of the bound at which an adverse move, or a total risk, is over. */
const OVER = 0.5;

export const flags: Guard<FlagsConfig, FlagsState> = {
  name: 'flags',
  init: (config) => ({ config, adverse: [], near: [], diversify: false, reduce: false }),
  watch: ({ config, adverse, near }, view, bounds) => {
    const below = ({ symbol, side }: PositionView, price: number) =>
      side > 0 ? bounds.markBelow(symbol, price) : bounds.markAbove(symbol, price);
    const above = ({ symbol, side }: PositionView, price: number) =>
      side > 0 ? bounds.markAbove(symbol, price) : bounds.markBelow(symbol, price);
    for (const one of view.positions) {
      const key = positionKey(one);
      if (config.adverse !== null) {
        const moved = (move: number) => one.entry * (1 - one.side * move);
        if (adverse.includes(key)) above(one, moved(config.adverse * OVER));
        else below(one, moved(config.adverse));
      }
      const distance = nearness(view, one, config.liquidationAtrs);
      if (distance === null) continue;
      if (near.includes(key)) above(one, distance.far);
      else below(one, distance.near);
    }
  },
  on: {
    marks: (view, own, _, say) => look(view, own, say),
    clock: (view, own, _, say) => look(view, own, say),
    fill: (view, own, { fill }, say) => {
      const keys = view.positions.map(positionKey);
      // What is closed and opened again at one moment has its place in the view, and is another position.
      const closed = fill.left === 0 ? positionKey({ ...fill, side: fill.position }) : null;
      const stays = (key: string) => keys.includes(key) && key !== closed;
      own.adverse = own.adverse.filter(stays);
      own.near = own.near.filter(stays);
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
  lookAtCount(own, say);
  lookAtRisk(view, own, say);
  say.on('adverse-move', own.adverse.length > 0);
  say.on('near-liquidation', own.near.length > 0);
  say.on('diversify-holdings', own.diversify);
  say.on('reduce-position-sizes', own.reduce);
}

function lookAtCount(own: FlagsState, say: Say): void {
  const { diversifyAbove } = own.config;
  const observed = own.adverse.length;
  const many = diversifyAbove !== null && observed > diversifyAbove;
  if (many === own.diversify) return;
  own.diversify = many;
  tell('diversify-holdings', many, { observed, threshold: diversifyAbove, about: wholeBook }, say);
}

/** The sum of |result of a position since its entry| against equity; an account that has none is always above. */
function lookAtRisk(view: View, own: FlagsState, say: Say): void {
  const { totalRisk } = own.config;
  const risk = view.positions.reduce((sum, one) => sum + Math.abs(unrealised(view, one)), 0);
  if (totalRisk === null || !Number.isFinite(risk) || !Number.isFinite(view.total)) return;
  const bound = own.reduce ? totalRisk * OVER : totalRisk;
  const order = compareNear(risk, bound * view.total, () => ({
    a: view.positions.reduce((sum, one) => sum.plus(exactResult(view, one).abs()), zero),
    b: exactTotal(view).times(bound),
  }));
  const heavy = view.positions.length > 0 && (own.reduce ? order >= 0 : order > 0);
  if (heavy === own.reduce) return;
  own.reduce = heavy;
  const observed = view.total > 0 ? risk / view.total : null;
  tell('reduce-position-sizes', heavy, { observed, threshold: bound, about: wholeBook }, say);
}

/** Unrealised PnL at mark in the currency of the account, in decimals. */
function exactResult(view: View, { symbol, contract, side, qty, entry, scope }: PositionView): Money {
  const mark = money(view.mark[symbol]!);
  const gain = contract === 'linear' ? mark.minus(entry) : money(1).div(entry).minus(money(1).div(mark));
  return gain.times(qty).times(side).times(currencyRate(view, scope));
}

type Seen = Required<Pick<Finding, 'observed' | 'threshold' | 'about'>>;

const measures: Readonly<Record<string, string>> = {
  'adverse-move': 'adverseMove',
  'near-liquidation': 'liquidationAtrs',
  'diversify-holdings': 'highRiskPositions',
  'reduce-position-sizes': 'totalRisk',
};

function tell(rule: string, on: boolean, seen: Seen, say: Say): void {
  say.alert({
    rule: on ? rule : `${rule}-recovered`,
    severity: on ? 'warning' : 'info',
    measure: measures[rule] ?? rule,
    ...seen,
  });
}

/** The order of the move of the mark against the entry, a fraction of the entry, and a bound. */
function compareMove({ mark }: View, { symbol, side, entry }: PositionView, bound: number): Order {
  const price = mark[symbol]!;
  return compareNear(side * (entry - price), bound * entry, () => ({
    a: money(entry).minus(price).times(side),
    b: money(entry).times(bound),
  }));
}

function lookAtMove(view: View, own: FlagsState, position: PositionView, say: Say): void {
  const { adverse } = own.config;
  const { account, symbol, side, entry } = position;
  const mark = view.mark[symbol]!;
  if (adverse === null || !Number.isFinite(mark)) return;
  const key = positionKey(position);
  const observed = (side * (entry - mark)) / entry;
  const about = { account, symbol };
  if (!own.adverse.includes(key)) {
    if (compareMove(view, position, adverse) <= 0) return;
    own.adverse = [...own.adverse, key];
    tell('adverse-move', true, { observed, threshold: adverse, about }, say);
  } else if (compareMove(view, position, adverse * OVER) < 0) {
    own.adverse = own.adverse.filter((one) => one !== key);
    tell('adverse-move', false, { observed, threshold: adverse * OVER, about }, say);
  }
}

type Nearness = {
  /** Of the last completed bar. */
  readonly atr: number;
  /** The mark that is `atrs` from the liquidation, and the one that is an ATR farther. */
  readonly near: number;
  readonly far: number;
};

/** Null where no price liquidates the position, or no ATR is known. */
function nearness(view: View, position: PositionView, atrs: number | null): Nearness | null {
  const { atr } = view.market.at(position.symbol, view.time);
  if (atrs === null || !(atr > 0) || !Number.isFinite(view.mark[position.symbol])) return null;
  const price = liquidationPrice(view, position);
  if (price === null) return null;
  return { atr, near: price + position.side * atrs * atr, far: price + position.side * (atrs + 1) * atr };
}

function lookAtDistance(view: View, own: FlagsState, position: PositionView, say: Say): void {
  const { liquidationAtrs } = own.config;
  const distance = nearness(view, position, liquidationAtrs);
  if (distance === null || liquidationAtrs === null) return;
  const { account, symbol, side } = position;
  const { atr, near, far } = distance;
  const mark = view.mark[symbol]!;
  const key = positionKey(position);
  const observed = liquidationAtrs + (side * (mark - near)) / atr;
  const about = { account, symbol };
  if (!own.near.includes(key)) {
    if (side * (mark - near) >= 0) return;
    own.near = [...own.near, key];
    tell('near-liquidation', true, { observed, threshold: liquidationAtrs, about }, say);
  } else if (side * (mark - far) > 0) {
    own.near = own.near.filter((one) => one !== key);
    tell('near-liquidation', false, { observed, threshold: liquidationAtrs + 1, about }, say);
  }
}

/**
 * `size`: how large a position may be. Every rule is a bound on its notional, the least of them sizes, and what that does to
 * wealth is told with the doubt about the trades that it rests on (RULES 4.6).
 */
import { InputError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import { type Money, money, moneyText, roundToZero } from '../model/money.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { bindingBound } from '../risk/sizing/binding-bound.ts';
import type { Bet } from '../risk/sizing/outcomes.ts';
import { boundNames } from './size/bound-names.ts';
import { boundsOf, type Known, mayBind } from './size/bounds.ts';
import { doubtOf } from './size/doubt.ts';
import type { SizeInputs, SizeTree } from './size/inputs.ts';
import { measureMarket, seriesOf } from './size/market-measures.ts';
import { liquidationDistance, type Side, stopOf, type Terms, termsOf } from './size/position-terms.ts';
import { evidenceOf, type TradeEvidence } from './size/trade-evidence.ts';
import { warningsOf } from './size/warnings.ts';
import type { SizeConfig } from './size-config.ts';
import type { SizeResult } from './size-result.ts';

export type { SizeInputs, SizeTree };

export const size: Study<SizeInputs, SizeTree, SizeResult> = {
  name: 'size',
  needs: ['ohlcv', 'journal', 'ticks'],
  configPaths: ['data.maxGap', 'guards.stops', 'guards.trade-limits', 'studies.size'],
  run,
};

/** Places of an amount of money. */
const SCALE = 8;

function run(inputs: SizeInputs, tree: SizeTree, ctx: StudyContext): Outcome<SizeResult> {
  const { config, terms, stop, known } = knownOf(inputs, tree);
  const equity = Number(config.equity);
  const all = boundsOf(known);
  const account = { equity, leverage: config.leverage };
  const { bounds } = bindingBound(all, account);
  const { binding, notional: least } = bindingBound(all.filter(mayBind), account);
  const notional = least ?? 0;
  const fraction = notional / equity;
  const { trades, market, side } = known;
  const placed = positionOf(config, terms, side);
  // Isolated, no more than the margin can be lost, and all of it is where liquidation comes before the stop.
  const lost = stop.stopDistance < placed.liquidationDistance ? stop.stopDistance : 1 / config.leverage;
  const result: SizeResult = {
    bounds: bounds.map(({ loss: _, notional: allowed, margin, name, ...rest }) => ({
      name: nameOf(name),
      ...rest,
      notional: allowed === null ? null : amount(allowed),
      margin: margin === null ? null : amount(margin),
    })),
    // Leverage always sets a bound.
    binding: nameOf(binding ?? 'leverage'),
    notional: amount(notional),
    qty: terms.entry === null ? null : moneyText(wholeLots(notional, terms.entry, config.lot)),
    margin: amount(notional / config.leverage),
    size: fraction,
    ...doubtOf(known, { size: fraction, seed: ctx.seed }),
    position: {
      ...placed,
      symbol: market?.symbol ?? config.symbol,
      ...stop,
      lossAtStop: amount(notional * lost),
    },
    trades: trades === null ? null : tradesOf(trades),
    market: market === null ? null : marketOf(market),
  };
  return { result, fidelity: flagsOf(trades), warnings: warningsOf(result) };
}

function knownOf(inputs: SizeInputs, tree: SizeTree) {
  const config = tree.studies.size;
  const { adjust, assumedStopAtrs: atrs } = tree.guards['trade-limits'];
  const { leverage } = config;
  const { journal } = inputs;
  const bars = seriesOf(inputs, config.symbol);
  const terms = termsOf(config, bars);
  const bet = betOf(config, terms, journal !== null);
  const statedLoss = config.loss ?? terms.statedStop;
  const trades = journal === null ? null : evidenceOf(journal, { config, statedLoss, closes: adjust.closes });
  // Trades of one side alone are of a strategy that takes no other.
  const side = terms.side ?? trades?.side ?? null;
  const market = bars === null ? null : measureMarket(bars, tree, side);
  const stop = stopOf(terms, { atr: market?.atr ?? null, atrs, leverage });
  const known: Known = { tree, side, stopDistance: stop.stopDistance, bet, trades, market };
  return { config, terms, stop, known };
}

/** The name as the closed list has it. */
function nameOf(name: string): SizeResult['binding'] {
  return boundNames.find((one) => one === name) ?? 'leverage';
}

/** Digits of a double that are worth keeping: the last ones are its rounding, and must not cost a lot or a cent. */
const DIGITS = 12;

function exact(value: number): Money {
  return money(Number(value.toPrecision(DIGITS)));
}

/** Money rounded towards zero: never more than the rule allows. */
function amount(value: number): string {
  return moneyText(roundToZero(exact(value), SCALE));
}

function wholeLots(notional: number, entry: number, lot: string): Money {
  return exact(notional).div(money(entry)).div(lot).floor().times(lot);
}

/** @throws InputError USAGE where a bet is stated in part */
function betOf({ winRate, win, loss }: SizeConfig, { statedStop }: Terms, hasJournal: boolean): Bet | null {
  const lost = loss ?? statedStop;
  if (winRate !== null && win !== null && lost !== null) return { winRate, win, loss: lost };
  // A loss alone stands in where no trade of a journal was lost.
  const alone = loss !== null && !hasJournal;
  if (winRate === null && win === null && !alone) return null;
  const given = [
    winRate === null ? '' : '--win-rate',
    win === null ? '' : '--win',
    lost === null ? '' : '--loss',
  ];
  throw new InputError({
    code: 'USAGE',
    message: `a bet must be stated whole, by --win-rate, --win and --loss or --stop, was ${given.filter((one) => one !== '').join(' and ')} alone`,
    remedy: 'Give what is missing, or a journal',
  });
}

type Stated = Pick<
  SizeResult['position'],
  'direction' | 'equity' | 'entry' | 'entryFrom' | 'leverage' | 'mmr' | 'liquidationDistance'
>;

function positionOf(
  { equity, leverage, mmr }: SizeConfig,
  { entry, entryFrom }: Terms,
  side: Side | null,
): Stated {
  return {
    direction: side === null ? null : side > 0 ? 'long' : 'short',
    equity: moneyText(money(equity)),
    entry,
    entryFrom,
    leverage,
    mmr,
    liquidationDistance: liquidationDistance(leverage, mmr, side),
  };
}

function tradesOf(evidence: TradeEvidence): SizeResult['trades'] {
  const { returns, mean, kelly, day: _, side: __, confidence: ___, overlapping: ____, ...rest } = evidence;
  const { atRisk: _____, notional: ______, ...counted } = kelly;
  return { count: returns.length, ...rest, ...counted, meanReturn: mean };
}

function marketOf({
  returns,
  price: _,
  atr: __,
  ...rest
}: NonNullable<Known['market']>): SizeResult['market'] {
  return { ...rest, returns: returns.length };
}

function flagsOf(trades: TradeEvidence | null): Fidelity[] {
  return trades?.overlapping === true ? ['overlapping'] : [];
}

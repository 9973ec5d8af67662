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
import { boundsOf, type Known } from './size/bounds.ts';
import { doubtOf } from './size/doubt.ts';
import type { SizeInputs, SizeTree } from './size/inputs.ts';
import { measureMarket, seriesOf } from './size/market-measures.ts';
import { liquidationDistance, stopOf, type Terms, termsOf } from './size/position-terms.ts';
import { evidenceOf, type TradeEvidence } from './size/trade-evidence.ts';
import { warningsOf } from './size/warnings.ts';
import type { SizeConfig } from './size-config.ts';
import { boundNames, type SizeResult } from './size-result.ts';

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
  const config = tree.studies.size;
  const bars = seriesOf(inputs, config.symbol);
  const terms = termsOf(config, bars);
  const bet = betOf(config, terms, inputs.journal !== null);
  const market = bars === null ? null : measureMarket(bars, tree, terms.side);
  const limits = tree.guards['trade-limits'];
  const statedLoss = config.loss ?? terms.statedStop;
  const trades =
    inputs.journal === null
      ? null
      : evidenceOf(inputs.journal, { config, statedLoss, closes: limits.adjust.closes });
  const { leverage } = config;
  const stop = stopOf(terms, { atr: market?.atr ?? null, atrs: limits.assumedStopAtrs, leverage });
  const known: Known = { tree, side: terms.side, stopDistance: stop.stopDistance, bet, trades, market };
  const sized = bindingBound(boundsOf(known), { equity: Number(config.equity), leverage });
  const notional = sized.notional ?? 0;
  const fraction = notional / Number(config.equity);
  const result: SizeResult = {
    bounds: sized.bounds.map(({ loss: _, notional: allowed, margin, name, ...rest }) => ({
      name: nameOf(name),
      ...rest,
      notional: allowed === null ? null : amount(allowed),
      margin: margin === null ? null : amount(margin),
    })),
    binding: nameOf(sized.binding ?? 'leverage'),
    notional: amount(notional),
    qty: terms.entry === null ? null : moneyText(wholeLots(notional, terms.entry, config.lot)),
    margin: amount(notional / leverage),
    size: fraction,
    ...doubtOf(known, { size: fraction, seed: ctx.seed }),
    position: {
      ...positionOf(config, terms),
      symbol: market?.symbol ?? config.symbol,
      ...stop,
      lossAtStop: amount(notional * stop.stopDistance),
    },
    trades: trades === null ? null : tradesOf(trades),
    market: market === null ? null : marketOf(market),
  };
  return { result, fidelity: flagsOf(trades), warnings: warningsOf(result) };
}

/** The name as the closed list has it. */
function nameOf(name: string): SizeResult['binding'] {
  return boundNames.find((one) => one === name) ?? 'leverage';
}

/** Money rounded towards zero: never more than the rule allows. */
function amount(value: number): string {
  return moneyText(roundToZero(money(value), SCALE));
}

function wholeLots(notional: number, entry: number, lot: string): Money {
  return money(notional).div(money(entry)).div(lot).floor().times(lot);
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

function positionOf({ equity, leverage, mmr }: SizeConfig, { side, entry, entryFrom }: Terms): Stated {
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

function tradesOf({
  returns,
  days,
  of,
  mean,
  kelly,
  recentWinRate,
  mostAtOnce,
}: TradeEvidence): SizeResult['trades'] {
  const { atRisk: _, notional: __, ...counted } = kelly;
  return { count: returns.length, of, days, ...counted, meanReturn: mean, recentWinRate, mostAtOnce };
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

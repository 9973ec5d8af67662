/**
 * `check`: the gateway for one order. The engine of a replay stands at one moment of a book and is asked; what it cannot judge
 * for want of data is named beside what it did.
 */
import { rulesThatCannotFire } from '../engine/dead-rules.ts';
import { type Decision, guardNames } from '../engine/decision.ts';
import type { OrderIntent } from '../engine/event.ts';
import { measureUnit } from '../engine/measure-unit.ts';
import { InputError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import { money, moneyText } from '../model/money.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { liquidityLookup } from '../replay/liquidity.ts';
import { marketColumns } from '../replay/market-columns.ts';
import { createVenueState } from '../venue/create-venue.ts';
import { venueOf } from '../venue/venue.ts';
import { symbolTerms, termsAt } from '../venue/venue-spec.ts';
import type { VenueWorld } from '../venue/venue-world.ts';
import { type Gateway, type Judged, judgeOrder } from './check/gateway.ts';
import type { CheckInputs, CheckTree } from './check/inputs.ts';
import { type KnownMarket, knownMarket } from './check/known-market.ts';
import { assumptions, notJudged } from './check/not-judged.ts';
import { type Proposal, proposalOf } from './check/proposal.ts';
import { venueAnswer } from './check/venue-answer.ts';
import type { CheckResult } from './check-result.ts';

export type { CheckInputs, CheckTree };

export const check: Study<CheckInputs, CheckTree, CheckResult> = {
  name: 'check',
  needs: ['order', 'portfolio', 'ohlcv', 'mark', 'ticks'],
  configPaths: ['data.maxGap', 'mode', 'venue', 'engine.guards', 'guards', 'studies.check'],
  run,
};

/** Later than every dated file: without data the newest terms hold. */
const NEWEST = 8.64e15;

function run(inputs: CheckInputs, tree: CheckTree, _ctx: StudyContext): Outcome<CheckResult> {
  const known = marketOf(inputs, tree);
  const gateway = gatewayOf(inputs, tree, known);
  const { intent, warnings } = proposalOf(known, gateway.venue);
  const judged = judgeOrder(gateway, intent);
  const result = resultOf({ gateway, known, intent, judged });
  const told = [...known.warnings, ...warnings, ...warningsOf(result), ...silentText(tree)];
  return { result, fidelity: flagsOf(inputs, known, intent), warnings: told };
}

function marketOf(inputs: CheckInputs, tree: CheckTree): KnownMarket {
  const { order, book } = inputs;
  if (order === null || book === null) {
    const was = order !== null ? 'an order alone' : book !== null ? 'a portfolio alone' : 'neither';
    throw new InputError({
      code: 'USAGE',
      message: `an order and the portfolio that it is for must be given, was ${was}`,
      remedy: 'Give --order FILE and --portfolio FILE; "risk schema order" says what an order file holds',
    });
  }
  return knownMarket(inputs, { order, book, at: tree.studies.check.at });
}

function gatewayOf(inputs: CheckInputs, tree: CheckTree, known: KnownMarket): Gateway {
  const { book, symbols, series, prices } = known;
  const world: VenueWorld = {
    symbols,
    specs: inputs.venues,
    config: tree.venue,
    liquidityAt: liquidityLookup(series),
  };
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const { market } = marketColumns(series, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
  const venue = venueOf(world, createVenueState(world, book, known.time ?? NEWEST), prices);
  return { tree, book, venue, market };
}

type Answered = {
  readonly gateway: Gateway;
  readonly known: KnownMarket;
  readonly intent: Proposal['intent'];
  readonly judged: Judged;
};

function resultOf({ gateway, known, intent, judged }: Answered): CheckResult {
  const { decision, standing, engine, beside } = judged;
  const allowed = decision.effect?.kind === 'order' ? decision.effect.qty : 0;
  const verdict = decision.kind === 'deny' ? 'deny' : decision.kind === 'resize' ? 'resize' : 'allow';
  const asked = known.order.qty;
  const off = offRules(gateway, judged);
  const isOn = (one: { readonly guard: string; readonly rule: string }) =>
    !off.some(({ guard, rule }) => guard === one.guard && (rule === one.rule || rule === ALL));
  // Where nothing is opened no guard is asked, and nothing is left out.
  const opens = decision.uses.length > 0 || decision.reasons.length > 0;
  const unknown = opens ? notJudged({ gateway, order: intent, beside }).filter(isOn) : [];
  return {
    verdict,
    qtyAsked: asked,
    qtyAllowed: allowed >= money(asked).toNumber() ? asked : moneyText(money(allowed)),
    qtyLowering: moneyText(money(loweredBy(gateway, intent))),
    reasons: decision.reasons.map(({ guard, ...seen }) => ({ guard, ...seenOf(seen) })),
    decidedBy: verdict === 'allow' ? null : { guard: decision.guard, rule: decision.rule },
    limits: limitsOf(gateway, { intent, decision, allowed }).filter((one) =>
      isMeasured(gateway, one, unknown),
    ),
    notJudged: unknown,
    assumed: opens ? assumptions({ gateway, order: intent }).filter(isOn) : [],
    off,
    standing: standing.map((one) => standingOf(gateway, one)),
    order: orderOf(gateway, intent),
    market: pricesOf(known, intent),
    account: { ...venueAnswer(gateway, intent, allowed), equity: engine.view.total },
  };
}

/** Whether the use of a limit rests on something. That of volatility is of the highest market: one that is known is enough. */
function isMeasured(
  { venue, market }: Gateway,
  { guard, rule }: CheckResult['limits'][number],
  unknown: CheckResult['notJudged'],
): boolean {
  const isKnown = (_: string, symbol: number) =>
    Number.isFinite(market.at(symbol, venue.state.time).volatility24h);
  if (guard === 'circuit-breakers' && rule === 'volatility') return venue.world.symbols.some(isKnown);
  return !unknown.some((one) => one.guard === guard && one.rule === rule);
}

type Seen = Pick<Decision, 'rule' | 'measure' | 'observed' | 'threshold'>;

function seenOf({ rule, measure, observed, threshold }: Seen) {
  return { rule, measure, observed, limit: threshold, unit: measureUnit(measure) };
}

function standingOf({ book, venue }: Gateway, decision: Decision): CheckResult['standing'][number] {
  const { guard, kind, about } = decision;
  const account = about.account === null ? null : (book.accounts[about.account]?.id ?? null);
  const symbol = about.symbol === null ? null : (venue.world.symbols[about.symbol] ?? null);
  return { guard, kind, ...seenOf(decision), account, symbol };
}

/** How much of the order only lowers what is held. */
function loweredBy({ venue }: Gateway, { account, symbol, side, qty, reduceOnly }: OrderIntent): number {
  if (reduceOnly) return qty;
  const own = venue.state.accounts[account];
  const against = own?.positions.find((one) => one.symbol === symbol && one.side !== side);
  if (against === undefined || own?.positionMode === 'hedge') return 0;
  return Math.min(qty, money(against.qty).toNumber());
}

type Judgement = {
  readonly intent: OrderIntent;
  readonly decision: Decision;
  readonly allowed: number;
};

/** The use of each limit; of an order that is cut, the engine is asked about what is left of it, if that opens anything. */
function limitsOf(gateway: Gateway, { intent, decision, allowed }: Judgement): CheckResult['limits'] {
  const isCut = decision.kind === 'resize';
  const uses = isCut ? judgeOrder(gateway, { ...intent, qty: allowed }).decision.uses : decision.uses;
  return decision.uses.map(({ guard, limit: rule, use, before }) => {
    const left = uses.find((one) => one.guard === guard && one.limit === rule)?.use ?? before ?? null;
    return {
      guard,
      rule,
      before: before ?? null,
      asked: use,
      allowed: decision.kind === 'deny' ? null : left,
    };
  });
}

const ALL = 'all';

/** Guards and rules that cannot say anything, in the order of the guards. */
function offRules({ tree }: Gateway, { engine }: Judged): CheckResult['off'] {
  const dead = rulesThatCannotFire(engine);
  return guardNames.flatMap((guard) => {
    if (!tree.engine.guards.includes(guard))
      return [{ guard, rule: ALL, why: 'engine.guards does not name it' }];
    return dead.filter((one) => one.guard === guard).map(({ rule, note }) => ({ guard, rule, why: note }));
  });
}

function orderOf({ book, venue }: Gateway, intent: OrderIntent): CheckResult['order'] {
  const { account, symbol, side, contract, marginMode, price, leverage, stop } = intent;
  const { reduceOnly, strategy, sector } = intent;
  return {
    account: book.accounts[account]?.id ?? '',
    symbol: venue.world.symbols[symbol] ?? '',
    side: side > 0 ? 'buy' : 'sell',
    contract,
    marginMode,
    price,
    leverage,
    stop,
    reduceOnly,
    strategy,
    sector,
  };
}

function pricesOf({ time, prices, sources }: KnownMarket, { symbol }: OrderIntent): CheckResult['market'] {
  const source = sources[symbol] ?? 'order';
  return { time, last: prices.last[symbol]!, mark: prices.mark[symbol]!, source };
}

function flagsOf({ venues }: CheckInputs, known: KnownMarket, intent: OrderIntent): Fidelity[] {
  const { book, symbols, sources, marked, time } = known;
  const perps = [
    ...book.positions.filter(({ type }) => type === 'perp'),
    {
      account: book.accounts[intent.account]?.id ?? '',
      symbol: symbols[intent.symbol] ?? '',
      contract: intent.contract,
    },
  ];
  const flags: Fidelity[] = [];
  const isLast = (symbol: string) => {
    const at = symbols.indexOf(symbol);
    return sources[at] !== 'portfolio' && marked[at] === false;
  };
  if (perps.some(({ symbol }) => isLast(symbol))) flags.push('last-as-mark');
  for (const { id, venue } of book.accounts) {
    const spec = venues.find(({ name }) => name === venue);
    const own = perps.filter(({ account }) => account === id);
    if (spec === undefined || own.length === 0) continue;
    const { terms, nearest } = termsAt(spec, time ?? NEWEST);
    if (nearest) flags.push('brackets-nearest');
    if (own.some(({ symbol, contract }) => symbolTerms(terms, symbol, contract).fallback))
      flags.push('brackets-default');
  }
  return [...new Set(flags)];
}

/** An order that nobody looked at must not seem to have passed. */
function silentText({ engine }: CheckTree): string[] {
  const silent = guardNames.filter((name) => !engine.guards.includes(name));
  if (silent.length === 0) return [];
  const who =
    silent.length === guardNames.length
      ? 'no guard'
      : `${engine.guards.length} of ${guardNames.length} guards`;
  return [
    `${who} looked at the order: ${silent.join(', ')} ${silent.length === 1 ? 'is' : 'are'} switched off`,
  ];
}

function warningsOf({ account, qtyAllowed, order }: CheckResult): string[] {
  const { venueRefusal } = account;
  if (venueRefusal === null) return [];
  return [`the venue would refuse ${order.side} ${qtyAllowed} ${order.symbol}: ${venueRefusal}`];
}

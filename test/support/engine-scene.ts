/**
 * An engine beside a still venue, and stories for it: text tables with one event a line and, after `->`, what the engine
 * says. `play(scene, text)` returns the text with the decisions that were really made, so a test compares it with itself.
 *
 *   0:00  mark BTCUSDT 95              -> margin-ladder reduce reduce-25 BTCUSDT 0.25
 *   1:00  bar BTCUSDT volatility24h=0.31
 *   1:00  funding BTCUSDT 0.0011 8h
 *   1:00  order BTCUSDT +2 @ 100 x10 stop=95 sector=layer1 strategy=trend-following
 *   1:00  open BTCUSDT +2 @ 100 x10    the venue opens it, and the engine hears of the fill
 *   1:00  close BTCUSDT 1 @ 95 engine  the venue closes 1 (of the long), whoever caused it
 *   1:00  rejected BTCUSDT
 *   1:00  transfer 500 | operator resume | operator resume session-limits/weekly-drawdown | clock
 *
 * Times are hours and minutes from 1970-01-01 (a Thursday), hours may exceed 24. A line without decisions says nothing.
 */

import { type Decision, guardNames } from '../../src/engine/decision.ts';
import { type Configured, createEngine, type Engine } from '../../src/engine/engine.ts';
import type { EngineEvent, Fill, OrderIntent } from '../../src/engine/event.ts';
import { step } from '../../src/engine/step.ts';
import type { Market, MarketMoment, View } from '../../src/engine/view.ts';
import type { FillCause } from '../../src/model/fill.ts';
import { money } from '../../src/model/money.ts';
import { accountView, statedOf } from '../../src/replay/account-view.ts';
import { bookClose } from '../../src/venue/booking.ts';
import { post } from '../../src/venue/ledger.ts';
import { openPosition } from '../../src/venue/open-position.ts';
import { refresh, type Venue } from '../../src/venue/venue.ts';
import { type Setting, venueAt } from './still-venue.ts';

export type EngineScene = {
  readonly venue: Venue;
  readonly engine: Engine;
  readonly symbols: readonly string[];
  /** By symbol; a test may change what is known of the market. */
  readonly market: { -readonly [K in keyof MarketMoment]: MarketMoment[K] }[];
  /** Hourly log returns by symbol, the newest last. */
  readonly returns: Float64Array[];
  readonly viewNow: () => View;
};

export type EngineSettings = Setting & {
  readonly guards: readonly Configured[];
  readonly mode?: string;
  readonly moments?: readonly Partial<MarketMoment>[];
};

export const unknownMarket: MarketMoment = {
  close: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  atr: Number.NaN,
  volatility24h: Number.NaN,
  barVolatility: Number.NaN,
  regime: null,
  end: Number.NEGATIVE_INFINITY,
  interval: 3_600_000,
};

export function engineScene(setting: EngineSettings): EngineScene {
  const { guards, mode = 'moderate', moments = [], symbols = ['BTCUSDT'], book } = setting;
  const venue = venueAt(setting);
  const market = symbols.map((_, s) => ({ ...unknownMarket, ...moments[s] }));
  const returns = symbols.map(() => new Float64Array());
  const source = {
    venue,
    market: marketOf(market, returns),
    stated: statedOf(book, symbols),
    moves: new Float64Array(symbols.length).fill(Number.NaN),
  };
  let engine: Engine | null = null;
  const viewNow = () =>
    accountView(source, engine?.state ?? { bases: { day: 0, weekPeak: 0, peak: 0 }, halts: [] });
  engine = createEngine({ guards, book, mode, saved: null }, (ground) => accountView(source, ground));
  return { venue, engine, symbols, market, returns, viewNow };
}

function marketOf(market: readonly MarketMoment[], returns: readonly Float64Array[]): Market {
  return {
    at: (symbol) => market[symbol] ?? unknownMarket,
    hourlyReturns: (symbol, _, hours) => (returns[symbol] ?? new Float64Array()).slice(-hours),
    hourlyVolume: () => new Float64Array(),
  };
}

/** Tells the engine of an event at the venue's state of now. */
export function tell(scene: EngineScene, event: EngineEvent): readonly Decision[] {
  scene.venue.state.time = event.time;
  scene.engine.view = scene.viewNow();
  return step(scene.engine, event);
}

/** Plays a story and returns it with what was said. */
export function play(scene: EngineScene, text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines
    .map((line) => {
      const [told = ''] = line.split('->');
      const said = tellLine(scene, told.trim());
      const left = told.trimEnd();
      return said.length === 0
        ? left
        : `${left} -> ${said.map((one) => decisionText(scene, one)).join('; ')}`;
    })
    .join('\n');
}

/** The form in which `play` returns a story: to be applied to what is expected. */
export function story(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [told = '', said] = line.split('->');
      return said === undefined ? told.trimEnd() : `${told.trimEnd()} -> ${said.trim()}`;
    })
    .join('\n');
}

export function decisionText({ symbols }: Pick<EngineScene, 'symbols'>, decision: Decision): string {
  const { guard, kind, rule, effect, stands } = decision;
  const base = `${guard} ${kind} ${rule}`;
  const yields = stands ? '' : ' (yields)';
  if (effect === null) return base;
  if (effect.kind === 'order') return `${base} ${numberText(effect.qty)}`;
  if (effect.kind === 'set-stop')
    return `${base} ${symbols[effect.symbol]} ${numberText(effect.price)}${yields}`;
  if (effect.kind === 'halt' || effect.kind === 'resume') return base;
  return `${base} ${symbols[effect.symbol]} ${numberText(effect.qty)}${yields}`;
}

function numberText(value: number): string {
  return String(Number(value.toFixed(9)));
}

const MINUTE = 60_000;

/** Tells the engine of one line of a story and gives the decisions themselves. */
export function tellLine(scene: EngineScene, line: string): readonly Decision[] {
  const [clock = '', kind = '', ...words] = line.split(/\s+/);
  const [hours = '0', minutes = '0'] = clock.split(':');
  const time = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const options = new Map(
    words
      .filter((word) => word.includes('='))
      .map((word): [string, string] => {
        const [key = '', value = ''] = word.split('=');
        return [key, value];
      }),
  );
  const plain = words.filter((word) => !word.includes('='));
  switch (kind) {
    case 'mark':
      return tellMarks(scene, time, plain);
    case 'bar':
      return tellBar(scene, time, plain, options);
    case 'funding':
      return tell(scene, {
        kind: 'funding',
        time,
        symbol: symbolOf(scene, plain[0]),
        venue: -1,
        rate: Number(plain[1]),
        interval: Number.parseInt(plain[2] ?? '8', 10) * 60 * MINUTE,
      });
    case 'order':
      return tell(scene, { kind: 'order', time, order: orderOf(scene, plain, options) });
    case 'open':
      return tellOpen(scene, time, orderOf(scene, plain, options));
    case 'close':
      return tellClose(scene, time, plain);
    case 'rejected':
      return tell(scene, {
        kind: 'order-state',
        time,
        account: 0,
        symbol: symbolOf(scene, plain[0]),
        state: 'rejected',
        reason: 'outage',
      });
    case 'transfer':
      return tellTransfer(scene, time, Number(plain[0]));
    case 'operator':
      return tell(scene, operatorOf(time, plain));
    case 'clock':
      return tell(scene, { kind: 'clock', time });
    default:
      throw new Error(`a line must name an event that exists, was ${line}`);
  }
}

/** `resume`, or `resume session-limits/weekly-drawdown` of one halt. */
function operatorOf(time: number, [action, halt]: readonly string[]): EngineEvent {
  const event = { kind: 'operator', time, action: actionOf(action), who: 'ann', why: 'checked' } as const;
  if (halt === undefined) return event;
  const [name, rule = ''] = halt.split('/');
  const guard = guardNames.find((one) => one === name);
  if (guard === undefined) throw new Error(`a halt is of a guard that exists, was ${halt}`);
  return { ...event, of: { guard, rule } };
}

function actionOf(word: string | undefined): 'halt' | 'resume' | 'override' {
  if (word === 'halt' || word === 'resume' || word === 'override') return word;
  throw new Error(`an operator halts, resumes or overrides, was ${word}`);
}

function symbolOf({ symbols }: EngineScene, name: string | undefined): number {
  const index = symbols.indexOf(name ?? '');
  if (index < 0) throw new Error(`a line must name a symbol of the scene, was ${name}`);
  return index;
}

function tellMarks(scene: EngineScene, time: number, words: readonly string[]): readonly Decision[] {
  const { prices } = scene.venue;
  const moves = scene.engine.view.moves;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const symbol = symbolOf(scene, words[i]);
    const sigma = scene.market[symbol]?.barVolatility ?? Number.NaN;
    moves[symbol] = Math.abs(Number(words[i + 1]) / prices.last[symbol]! - 1) / sigma;
    prices.mark[symbol] = Number(words[i + 1]);
    prices.last[symbol] = Number(words[i + 1]);
  }
  return tell(scene, { kind: 'marks', time });
}

function tellBar(
  scene: EngineScene,
  time: number,
  [name]: readonly string[],
  options: ReadonlyMap<string, string>,
): readonly Decision[] {
  const symbol = symbolOf(scene, name);
  const moment = scene.market[symbol];
  if (moment === undefined) throw new Error('a symbol of the scene has a market');
  moment.end = time;
  for (const [key, value] of options)
    Object.assign(moment, { [key]: key === 'regime' ? value : Number(value) });
  return tell(scene, { kind: 'bar-close', time, symbol });
}

/** `BTCUSDT +2 @ 100 x10`. */
function orderOf(
  scene: EngineScene,
  [name, signed = '', , price = '', lever = 'x1']: readonly string[],
  options: ReadonlyMap<string, string>,
): OrderIntent {
  const number = (key: string) => (options.has(key) ? Number(options.get(key)) : null);
  return {
    id: number('id') ?? 1,
    account: number('account') ?? 0,
    symbol: symbolOf(scene, name),
    contract: 'linear',
    side: Number(signed) < 0 ? -1 : 1,
    qty: Math.abs(Number(signed)),
    price: Number(price),
    leverage: Number(lever.slice(1)),
    marginMode: options.get('margin') === 'cross' ? 'cross' : 'isolated',
    stop: number('stop'),
    reduceOnly: options.get('reduce') === 'only',
    strategy: options.get('strategy') ?? null,
    sector: options.get('sector') ?? null,
    model: options.has('confidence') ? { confidence: Number(options.get('confidence')) } : null,
    halfSpread: number('spread') ?? 0,
    impact: number('impact') ?? 0,
  };
}

function tellOpen(scene: EngineScene, time: number, order: OrderIntent): readonly Decision[] {
  const { venue } = scene;
  venue.state.time = time;
  const refusal = openPosition(venue, { ...order, qty: money(order.qty), feeRate: null, trade: order.id });
  if (refusal !== null) throw new Error(`the venue must take the order of a story, said ${refusal}`);
  const { account, symbol, side, qty, price, id } = order;
  const held = venue.state.accounts[account]?.positions.find(
    (one) => one.symbol === symbol && one.side === side,
  );
  const left = Number(held?.qty ?? 0);
  const fill = {
    account,
    symbol,
    side,
    qty,
    price,
    cause: 'order' as const,
    opening: true,
    realised: 0,
    left,
  };
  return tell(scene, { kind: 'fill', time, fill: { ...fill, id, position: side } });
}

const causes: readonly string[] = [
  'exit',
  'stop',
  'engine',
  'liquidation',
  'take-profit',
] satisfies FillCause[];

function isCause(word: string): word is FillCause {
  return causes.includes(word);
}

/** `BTCUSDT 1 @ 95 engine`: of the only position in the symbol, or of its short with `-1`. */
function tellClose(
  scene: EngineScene,
  time: number,
  [name, signed = '', , price = '', cause = 'exit']: readonly string[],
): readonly Decision[] {
  const { venue } = scene;
  const symbol = symbolOf(scene, name);
  const [account] = venue.state.accounts;
  const side = Number(signed) < 0 ? -1 : 1;
  const held = account?.positions.find((one) => one.symbol === symbol && one.side === side);
  if (account === undefined || held === undefined || !isCause(cause))
    throw new Error('a position must be there');
  venue.state.time = time;
  const qty = Math.abs(Number(signed));
  const booked = bookClose(venue, account, held, {
    qty: money(qty),
    price: Number(price),
    feeRate: 0,
    cause,
    trade: null,
  });
  refresh(venue);
  const fill: Fill = {
    account: 0,
    symbol,
    side: side > 0 ? -1 : 1,
    qty,
    price: Number(price),
    cause,
    opening: false,
    realised: booked.pnl.toNumber(),
    left: Number(held.qty),
    id: -1,
    position: side,
  };
  return tell(scene, { kind: 'fill', time, fill });
}

function tellTransfer(scene: EngineScene, time: number, amount: number): readonly Decision[] {
  const ledger = scene.venue.state.accounts[0]?.wallets[0]?.ledger;
  if (ledger === undefined) throw new Error('an account must have a wallet');
  post(ledger, 'transfers', money(amount));
  refresh(scene.venue);
  return tell(scene, { kind: 'transfer', time, account: 0, amount });
}

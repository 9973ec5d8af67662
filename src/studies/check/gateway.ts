/**
 * The engine of a replay at one moment of a book: it is told of the last completed bars and of the prices of now, as it is
 * in a replay, and then of the order.
 */
import type { Decision } from '../../engine/decision.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import type { EngineEvent, OrderIntent } from '../../engine/event.ts';
import { configureGuards } from '../../engine/guards.ts';
import { step } from '../../engine/step.ts';
import type { Market } from '../../engine/view.ts';
import type { Book } from '../../model/book.ts';
import { accountView, statedOf, type ViewSource } from '../../replay/account-view.ts';
import type { Venue } from '../../venue/venue.ts';
import type { CheckTree } from './inputs.ts';

export type Gateway = {
  readonly tree: CheckTree;
  readonly book: Book;
  readonly venue: Venue;
  readonly market: Market;
};

export type Judged = {
  readonly engine: Engine;
  /** What the guards say of the book before the order. */
  readonly standing: readonly Decision[];
  /** The decision on the order. */
  readonly decision: Decision;
  /** What else they say about it. */
  readonly beside: readonly Decision[];
};

/** Puts an order to an engine of its own: what one judgement counts is no part of another. */
export function judgeOrder(gateway: Gateway, order: OrderIntent): Judged {
  const { venue } = gateway;
  const { time } = venue.state;
  const source = sourceOf(gateway);
  const engine = engineOf(gateway, source);
  const tell = (event: EngineEvent) => {
    engine.view = accountView(source, engine.state);
    const decisions = step(engine, event);
    // A broken guard ends a check as it ends a replay (DESIGN 3).
    if (engine.failure !== null) throw engine.failure;
    return decisions;
  };
  const bars = venue.world.symbols.flatMap((_, symbol) =>
    Number.isFinite(gateway.market.at(symbol, time).end) ? tell({ kind: 'bar-close', time, symbol }) : [],
  );
  const standing = [...bars, ...tell({ kind: 'marks', time })];
  const said = tell({ kind: 'order', time, order });
  const decision = said.find(({ effect }) => effect?.kind === 'order');
  if (decision === undefined) throw new RangeError('an engine must decide on an order');
  return { engine, standing, decision, beside: said.filter((one) => one !== decision) };
}

function sourceOf({ venue, market, book }: Gateway): ViewSource {
  const { symbols } = venue.world;
  return { venue, market, stated: statedOf(book, symbols), moves: movesOf(venue, market) };
}

/** How far each last price lies from the close of the last completed bar, in bar volatilities; NaN where unknown. */
function movesOf({ world, state, prices }: Venue, market: Market): Float64Array {
  return Float64Array.from(world.symbols, (_, symbol) => {
    const { close, barVolatility } = market.at(symbol, state.time);
    return barVolatility > 0 ? Math.abs(prices.last[symbol]! / close - 1) / barVolatility : Number.NaN;
  });
}

function engineOf({ tree, book }: Gateway, source: ViewSource): Engine {
  const guards = configureGuards(tree.guards, tree.engine.guards);
  const engine = createEngine({ guards, book, mode: tree.mode, saved: null }, (ground) =>
    accountView(source, ground),
  );
  const { dayEquity, weekPeak, peak } = tree.studies.check;
  const { bases } = engine.state;
  Object.assign(bases, {
    day: dayEquity ?? bases.day,
    weekPeak: weekPeak ?? bases.weekPeak,
    peak: peak ?? bases.peak,
  });
  return engine;
}

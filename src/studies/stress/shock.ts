/** The event as one instantaneous move: what the book loses by arithmetic, and what the venue leaves of it. */
import { money } from '../../model/money.ts';
import { completeRun } from '../../replay/run.ts';
import { buildTimeline } from '../../replay/timeline.ts';
import type { Scene } from '../replay/scene.ts';
import type { ScenarioResult } from '../stress-result.ts';
import { type Stage, shockOf } from './stage.ts';

/**
 *   pnl = qty x price x shock        of each position, uncapped; `DEFAULT` for assets that are not named
 *
 * `equityAfter` and `liquidated` are what a run of the venue alone makes of the step from the prices of the start.
 */
export function shockResult(
  { scenario, placings, book }: Stage,
  { world }: Scene,
  scale: number,
): ScenarioResult['shock'] {
  const { start } = scenario;
  const moves = placings.map(({ asset, mapping }) => {
    // A shifted asset takes the move of the one whose prices it follows.
    const follows = mapping.by === 'points' && scenario.stated.some((one) => one.asset === mapping.of);
    return scaled(shockOf(scenario, follows ? mapping.of : asset), scale);
  });
  const symbols = placings.map(({ symbol }) => symbol);
  const last = Float64Array.of(
    ...placings.map(({ level }) => level),
    ...placings.map(({ level }, s) => level * (1 + (moves[s] ?? 0))),
  );
  const path = {
    symbols,
    time: Float64Array.of(start, start),
    jump: Uint8Array.of(0, 1),
    last,
    mark: last,
    marked: new Uint8Array(symbols.length),
  };
  const timeline = buildTimeline([], [], [], { from: start, to: start });
  const run = completeRun({
    world,
    book,
    path,
    timeline,
    legs: 'jump',
    points: 2,
    withLevels: false,
    protect: null,
  });
  const positions = book.positions.map(({ account, symbol, qty, contract }) => {
    const s = symbols.indexOf(symbol);
    const size = money(qty).toNumber();
    const shock = moves[s] ?? 0;
    const worth = contract === 'linear' ? size * (placings[s]?.level ?? 0) : size;
    const liquidated = run.liquidations.some((one) => one.account === account && one.symbol === symbol);
    return { account, symbol, shock, pnl: worth * shock, liquidated };
  });
  return {
    pnl: positions.reduce((sum, one) => sum + one.pnl, 0),
    equityAfter: run.endEquity,
    positions,
  };
}

function scaled(move: number, scale: number): number {
  return scale === 1 ? move : Math.exp(scale * Math.log(1 + move)) - 1;
}

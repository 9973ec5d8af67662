/** The event as one instantaneous move: what the book loses by arithmetic, and what the venue leaves of it. */
import { money } from '../../model/money.ts';
import { DEFAULT_ASSET, type Scenario } from '../../model/scenario.ts';
import { completeRun } from '../../replay/run.ts';
import { mapAsset, type Placing } from '../../replay/scenario-market.ts';
import { buildTimeline } from '../../replay/timeline.ts';
import type { Scene } from '../replay/scene.ts';
import type { ScenarioResult } from '../stress-result.ts';
import { isCoin } from './portfolio.ts';
import { collateralName, type Stage, shockOf } from './stage.ts';

/**
 *   pnl = qty x price x shock                      of each position, uncapped; `DEFAULT` for assets that are not named
 *   pnl = qty x shock / (price x (1 + shock))      in coin, of an inverse one whose account is reported in that coin;
 *                                                  in dollars, at the price after the shock, qty x shock
 *
 * `equityAfter` and `liquidated` are what a run of the venue alone makes of the step from the prices of the start.
 */
export function shockResult(
  { scenario, placings, book }: Stage,
  { world }: Scene,
  scale: number,
): ScenarioResult['shock'] {
  const { start } = scenario;
  const moves = placings.map((placing) => scaled(moveOf(scenario, placing), scale));
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
    const level = placings[s]?.level ?? Number.NaN;
    const worth = contract === 'linear' ? size * level : size;
    const isInCoin = contract === 'inverse' && isCoin(symbol, run.currency);
    const pnl = (worth * shock) / (isInCoin ? level * (1 + shock) : 1);
    const liquidated = run.liquidations.some((one) => one.account === account && one.symbol === symbol);
    return { account, symbol, shock, pnl, liquidated };
  });
  return {
    pnl: positions.reduce((sum, one) => sum + one.pnl, 0),
    equityAfter: run.endEquity,
    positions,
  };
}

/** Of an asset that counts as margin and is not named: what its own line falls to. */
function moveOf(scenario: Scenario, placing: Placing): number {
  const { asset, mapping } = placing;
  const isNamed = scenario.shocks.some((one) => one.asset === asset);
  const line = scenario.collateral.find((one) => collateralName(one.asset) === mapping.of);
  const [first] = line?.points ?? [];
  if (isNamed || line === undefined || first === undefined)
    return shockOf(scenario, followedAsset(scenario, placing));
  return Math.min(...line.points.map(({ value }) => value)) / first.value - 1;
}

/** Whose part an asset takes: its own, and where it was shifted that of the asset whose prices it has. */
function followedAsset(scenario: Scenario, { asset, mapping }: Placing): string {
  const { stated, linked } = scenario;
  const isLike = (name: string) => {
    const { by, of, beta } = mapAsset(scenario, name);
    return by === mapping.by && of === mapping.of && beta === mapping.beta;
  };
  if (isLike(asset)) return asset;
  return (
    [...stated, ...linked].find((one) => one.asset !== DEFAULT_ASSET && isLike(one.asset))?.asset ?? asset
  );
}

function scaled(move: number, scale: number): number {
  return scale === 1 ? move : Math.exp(scale * Math.log(1 + move)) - 1;
}

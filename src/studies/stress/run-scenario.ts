/** All runs of one scenario: without and with protection, on the continuous, the jump and the optimistic path. */
import { money, moneyText } from '../../model/money.ts';
import type { Path } from '../../replay/path.ts';
import type { RunResult } from '../../replay/run-result.ts';
import type { ScenarioResult, StressRun } from '../stress-result.ts';
import { actsOf, firstOf } from './acts.ts';
import { differenceIn } from './difference.ts';
import { type Asked, endsOf, mainPair, type Pair, pairOf } from './pair.ts';
import { positionResults } from './position-results.ts';
import { shockResult } from './shock.ts';
import type { Stage } from './stage.ts';
import { type Built, buildTrack, hangsOnPolicy } from './track.ts';
import { verdictOf } from './verdict.ts';

export function runScenario(asked: Asked): { readonly result: ScenarioResult; readonly main: Pair } {
  const { stage, inputs, tree, seed } = asked;
  const { scenario } = stage;
  const { scale, legs } = tree.studies.stress;
  const main = mainPair(asked, scale);
  const degree = { scale, seed, policy: 'optimistic' } as const;
  // Without bars there is no order to choose: the optimistic path is the same one, and so is what happens on it.
  const optimistic = hangsOnPolicy(stage, main.built)
    ? pairOf(asked, buildTrack(stage, inputs, tree, degree), legs, false)
    : main;
  const jump = pairOf(asked, main.built, 'jump', false);
  const ends = endsOf(main);
  const verdict = verdictOf(ends);
  const band = { optimistic: bandOf(optimistic), jump: bandOf(jump) };
  const saved = money(ends.protected.endEquity).minus(ends.unprotected.endEquity);
  const { path } = main.built.track;
  const acts = actsOf(main.guarded);
  const result: ScenarioResult = {
    id: scenario.id,
    title: scenario.title,
    kind: scenario.kind,
    origin: main.built.recorded.every((one) => one?.whole === true) ? 'recorded' : scenario.origin,
    from: scenario.start,
    to: scenario.end,
    pathHash: main.built.track.hash,
    mapping: mappingOf(stage, main.built),
    shock: shockResult(stage, main.built.scene, scale),
    unprotected: withLow(ends.unprotected),
    protected: withLow(ends.protected),
    positions: positionResults(stage.book, main),
    saved: moneyText(saved),
    firstDecision: firstOf(acts),
    firstLiquidation: firstLiquidation(ends),
    verdict,
    dependsOnPath: band.optimistic.verdict !== verdict || band.jump.verdict !== verdict,
    band,
    decisions: acts.slice(0, inputs.equityPoints),
    path: pathOf(path, inputs.equityPoints),
    repeats: null,
    notApplied: [...main.built.notApplied],
    notModelled: [...scenario.notModelled],
    claims: [...scenario.claims],
    sources: [...scenario.sources],
  };
  return { result, main };
}

function bandOf(pair: Pair): ScenarioResult['band']['jump'] {
  const ends = endsOf(pair);
  return {
    pathHash: pair.built.track.hash,
    protected: endingOf(ends.protected),
    unprotected: endingOf(ends.unprotected),
    verdict: verdictOf(ends),
  };
}

function endingOf(result: RunResult): ScenarioResult['band']['jump']['protected'] {
  const { endEquity, minMarginLevel, liquidations, shortfall } = result;
  const { lowEquity } = withLow(result);
  return { endEquity, lowEquity, minMarginLevel, liquidations: liquidations.length, shortfall };
}

/** The curve keeps its extremes, so the lowest of its points is the lowest of the run. */
function withLow(result: RunResult): StressRun {
  const [first] = result.equity;
  const low = result.equity.reduce((least, one) => (one[1] < least[1] ? one : least), first ?? [0, 0]);
  return { ...result, lowEquity: low[1], lowTime: low[0] };
}

function mappingOf(
  { scenario, placings, exposures }: Stage,
  { recorded, track }: Built,
): ScenarioResult['mapping'] {
  return placings.map((placing, s) => {
    const { symbol, mapping, level } = placing;
    const chosen = recorded[s] ?? null;
    const net = exposures.filter((one) => one.symbol === symbol).reduce((sum, { qty }) => sum + qty, 0);
    const worst = worstPrice(track.path, s, net);
    const common = { symbol, price: level, move: worst / level - 1 };
    if (chosen === null)
      return {
        ...common,
        by: mapping.by,
        of: mapping.of,
        beta: mapping.beta,
        market: null,
        marks: null,
        covered: null,
        difference: null,
      };
    const { file, market, markFile, covered, whole } = chosen;
    return {
      ...common,
      by: 'market',
      of: file,
      beta: 1,
      market,
      marks: markFile,
      covered: { ...covered, whole },
      difference: differenceIn(scenario, placing, chosen),
    };
  });
}

/** The lowest last price for a long, the highest for a short. */
function worstPrice({ last, symbols }: Path, symbol: number, net: number): number {
  let worst = last[symbol]!;
  for (let cell = symbol; cell < last.length; cell += symbols.length) {
    const price = last[cell]!;
    if (net < 0 ? price > worst : price < worst) worst = price;
  }
  return worst;
}

function firstLiquidation(ends: ReturnType<typeof endsOf>): ScenarioResult['firstLiquidation'] {
  for (const run of ['unprotected', 'protected'] as const) {
    const [first] = ends[run].liquidations;
    if (first !== undefined) return { run, time: first.time, account: first.account, symbol: first.symbol };
  }
  return null;
}

/** Last prices as multiples of the first, thinned to their extremes. */
function pathOf(path: Path, most: number): ScenarioResult['path'] {
  return path.symbols.map((symbol, s) => ({ symbol, points: thinned(path, s, most) }));
}

/** Of each stretch its lowest and its highest point, in their order. */
function thinned({ time, last, symbols }: Path, symbol: number, most: number): [number, number][] {
  const width = symbols.length;
  const count = time.length;
  const first = last[symbol]!;
  const stretch = Math.max(1, Math.ceil((2 * count) / Math.max(2, most)));
  const points: [number, number][] = [];
  const push = (row: number) => points.push([Math.round(time[row]!), last[row * width + symbol]! / first]);
  for (let from = 0; from < count; from += stretch) {
    let low = from;
    let high = from;
    for (let row = from; row < Math.min(count, from + stretch); row += 1) {
      if (last[row * width + symbol]! < last[low * width + symbol]!) low = row;
      if (last[row * width + symbol]! > last[high * width + symbol]!) high = row;
    }
    push(Math.min(low, high));
    if (low !== high) push(Math.max(low, high));
  }
  if (count > 0 && points.at(-1)?.[0] !== Math.round(time[count - 1]!)) push(count - 1);
  return points;
}

/**
 * `stress`: a book as it stands through crises, hypothetical worlds and quiet controls. Each scenario runs through the venue and
 * the engine without and with protection, on the continuous, the jump and the optimistic path, and as one instantaneous
 * shock; the verdict rests on the pessimistic continuous path (RULES 2.1, 4.1).
 */
import { leverageDoubts, refuseConfig } from '../engine/check-config.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { flagsOf } from './replay/flags-of.ts';
import { leveragesOf } from './replay/leverages.ts';
import { leverageDistances } from './stress/distance.ts';
import type { DistanceRow } from './stress/distance-result.ts';
import { extremesOf, venueAtStart } from './stress/extremes.ts';
import type { StressInputs, StressTree } from './stress/inputs.ts';
import type { Asked, Pair } from './stress/pair.ts';
import { portfolioOf } from './stress/portfolio.ts';
import { repeatsOf } from './stress/repeats.ts';
import { outcomeNames, reverseStress } from './stress/reverse.ts';
import { outcomesOf } from './stress/reverse-outcomes.ts';
import type { ReverseResult } from './stress/reverse-result.ts';
import { stand } from './stress/reverse-standing.ts';
import { runScenario } from './stress/run-scenario.ts';
import { scalesOf } from './stress/scales.ts';
import { shiftsOf } from './stress/shift.ts';
import { stageOf } from './stress/stage.ts';
import { standingBook } from './stress/standing-book.ts';
import { summaryOf, worstLast } from './stress/summary.ts';
import type { ScenarioResult, StressResult } from './stress-result.ts';

export type { Recorded, StressInputs, StressTree } from './stress/inputs.ts';

export const stress: Study<StressInputs, StressTree, StressResult> = {
  name: 'stress',
  needs: ['portfolio', 'scenarios', 'market', 'ohlcv'],
  configPaths: ['data.maxGap', 'mode', 'venue', 'engine', 'guards', 'studies.stress'],
  run,
};

/** Names of files that a warning tells. */
const LISTED_MAX = 5;

type Done = {
  readonly result: ScenarioResult;
  readonly fidelity: readonly Fidelity[];
  readonly scales: ReverseResult['scales'][number] | null;
  readonly distance: readonly DistanceRow[];
};

function run(inputs: StressInputs, tree: StressTree, ctx: StudyContext): Outcome<StressResult> {
  const leverages = leveragesOf({ book: inputs.book, entries: [] });
  refuseConfig(tree, leverages);
  const { shift, repeat, unmarked, reverse, distance, correlation } = tree.studies.stress;
  const standing = reverse ? standingBook(inputs, tree) : null;
  const names = standing === null ? [] : outcomeNames(outcomesOf(stand(standing)).outcomes);
  const total = inputs.scenarios.length;
  const done = inputs.scenarios.map((scenario, i): Done => {
    const shifts = shiftsOf(scenario, inputs.book, shift);
    const stage = stageOf(scenario, inputs.book, { shifts, unmarked });
    const asked: Asked = { stage, inputs, tree, seed: ctx.seed };
    const { result, main } = runScenario(asked);
    const { built } = main;
    const extremes = [{ id: scenario.id, extremes: extremesOf(built.track.path) }];
    const scales = standing === null ? null : scalesOf(asked, names);
    ctx.progress(i + 1, total);
    return {
      result: { ...result, repeats: repeatsOf(asked, repeat) },
      fidelity: fidelityOf(result, main),
      scales,
      distance: distance ? leverageDistances(venueAtStart(built), extremes) : [],
    };
  });
  const scenarios = worstLast(done.map((one) => one.result));
  const worst = scenarios.at(-1);
  const result: StressResult = {
    portfolio: portfolioOf(inputs.book, inputs.scenarios),
    scenarios,
    worst: worst === undefined ? null : { id: worst.id, endEquity: worst.protected.endEquity },
    summary: summaryOf(scenarios),
    reverse:
      standing === null
        ? null
        : {
            ...reverseStress(standing, { ohlcv: inputs.ohlcv, correlation }),
            scales: done.flatMap(({ scales }) => (scales === null ? [] : [scales])),
          },
    distance: distance ? done.flatMap((one) => one.distance) : null,
  };
  return {
    result,
    fidelity: [...new Set(done.flatMap((one) => one.fidelity))],
    warnings: [...leverageDoubts(tree, leverages), ...warningsOf(inputs, result)],
  };
}

function fidelityOf({ mapping }: ScenarioResult, { built }: Pair): Fidelity[] {
  const { scene, track, recorded } = built;
  const flags = flagsOf(scene.inputs, scene.plan, track);
  if (mapping.some(({ by }) => by !== 'market')) flags.push('points-interpolated');
  if (mapping.some(({ by, of }) => (by === 'proxy' || by === 'beta' || by === 'default') && of !== ''))
    flags.push('proxy-history');
  const perps = new Set(
    scene.plan.book.positions.filter(({ type }) => type === 'perp').map(({ symbol }) => symbol),
  );
  if (scene.plan.symbols.some((symbol, s) => perps.has(symbol) && recorded[s]?.market === 'spot'))
    flags.push('spot-as-perp');
  return flags;
}

function warningsOf({ book, recorded }: StressInputs, { scenarios }: StressResult): string[] {
  const unmarked = book.positions.filter(({ mark }) => mark === null).map(({ symbol }) => symbol);
  const depending = scenarios.filter(({ dependsOnPath }) => dependsOnPath).map(({ id }) => id);
  const names = [...new Set(unmarked)];
  const used = new Set(scenarios.flatMap(({ mapping }) => mapping.flatMap(({ of, marks }) => [of, marks])));
  const unused = [...new Set(recorded.map(({ file }) => file))].filter((file) => !used.has(file));
  return [
    ...(names.length === 0
      ? []
      : [
          `${names.join(', ')} ${names.length === 1 ? 'states' : 'state'} no mark: the moves begin at ${names.length === 1 ? 'its entry' : 'their entries'}; give positions a mark to begin at another price`,
        ]),
    ...(unused.length === 0
      ? []
      : [
          `recorded files that nothing was taken from, as the book does not hold their symbol, no historical scenario is in their time, or another file covers more: ${listed(unused)}`,
        ]),
    ...(depending.length === 0
      ? []
      : [`the verdict depends on the order of prices inside bars: ${depending.join(', ')}`]),
  ];
}

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED_MAX;
  return rest > 0 ? `${names.slice(0, LISTED_MAX).join(', ')} and ${rest} more` : names.join(', ');
}

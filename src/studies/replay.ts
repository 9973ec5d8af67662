/**
 * `replay`: a journal or a book through the simulated exchange along the path of its data, with the engine beside it and
 * without. The verdict rests on the pessimistic path; the optimistic one and the one that acts at points alone stand beside
 * it (RULES 2.1). Each guard may be judged alone and left out (RULES 3.11).
 */
import { leverageDoubts, refuseConfig } from '../engine/check-config.ts';
import { deadRules } from '../engine/dead-rules.ts';
import { InputError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { liquidityLookup } from '../replay/liquidity.ts';
import { marketColumns } from '../replay/market-columns.ts';
import { nextBarIn } from '../replay/next-bar.ts';
import type { Legs } from '../replay/run-state.ts';
import { termsAt } from '../venue/venue-spec.ts';
import type { VenueWorld } from '../venue/venue-world.ts';
import { judgeGuards } from './replay/counterfactual.ts';
import { flagsOf } from './replay/flags-of.ts';
import type { Plan, ReplayInputs, ReplayTree, Skipped } from './replay/inputs.ts';
import { leveragesOf } from './replay/leverages.ts';
import { planBook } from './replay/plan-book.ts';
import { planJournal } from './replay/plan-journal.ts';
import { type Choice, type Driven, driveTrack, type Scene, type Track, trackOf } from './replay/scene.ts';
import { timelineOf } from './replay/told-timeline.ts';
import type { BandOutcome, Ending, ReplayResult } from './replay-result.ts';

export type { ReplayInputs, ReplayTree };

export const replay: Study<ReplayInputs, ReplayTree, ReplayResult> = {
  name: 'replay',
  needs: ['ohlcv', 'journal', 'portfolio', 'funding', 'mark', 'ticks'],
  configPaths: ['data.maxGap', 'mode', 'venue', 'engine', 'guards', 'studies.replay'],
  run,
};

function run(inputs: ReplayInputs, tree: ReplayTree, ctx: StudyContext): Outcome<ReplayResult> {
  const plan = planOf(inputs, tree);
  const leverages = leveragesOf(plan);
  refuseConfig(tree, leverages);
  const scene = sceneOf(inputs, plan, tree);
  const { intrabar, legs, counterfactual } = tree.studies.replay;
  const { guards: enabled } = tree.engine;
  const several = plan.symbols.length > 1;
  const runs = 6 + (several ? 1 : 0) + (counterfactual ? 2 * enabled.length : 0);
  let done = 0;
  const driven = (track: Track, choice: Choice): Driven => {
    const one = driveTrack(scene, track, choice);
    done += 1;
    ctx.progress(done, runs);
    return one;
  };
  const both = (
    track: Track,
    steps: Legs,
    listen: ReplayInputs['listen'] = null,
    withLevels = false,
  ): Pair => ({
    track,
    guarded: driven(track, { legs: steps, guards: enabled, listen, withLevels }),
    bare: driven(track, { legs: steps, guards: [], listen: null, withLevels }),
  });
  const track = trackOf(scene, intrabar);
  inputs.listen?.begin({
    pathHash: track.hash,
    symbols: plan.symbols,
    accounts: plan.book.accounts.map(({ id }) => id),
  });
  const main = both(track, legs, inputs.listen, true);
  const optimistic = both(trackOf(scene, 'optimistic'), legs);
  const jump = both(track, 'jump');
  const bound = several
    ? driven(trackOf(scene, 'each-worst'), { legs, guards: [], listen: null, withLevels: false })
    : null;
  const guards = judgeGuards({
    enabled,
    all: main.guarded.told,
    none: main.bare.told,
    run: counterfactual
      ? (names) => driven(track, { legs, guards: names, listen: null, withLevels: false }).told
      : null,
  });
  const { path } = track;
  const result: ReplayResult = {
    pathHash: track.hash,
    window: { from: plan.from, to: plan.to, symbols: [...plan.symbols], instants: path.time.length },
    journal: journalOf(plan),
    terms: termsOf(inputs, plan),
    protected: main.guarded.told.result,
    unprotected: main.bare.told.result,
    guards,
    timeline: timelineOf(main.guarded, inputs.equityPoints),
    standingHalts: standingHalts(main.guarded),
    bookBreaks: breaksOf(scene, main.guarded),
    deadRules: deadRulesOf(main.guarded, plan),
    band: { optimistic: outcomeOf(optimistic), jump: outcomeOf(jump) },
    bound: bound === null ? null : { pathHash: bound.track.hash, unprotected: endingOf(bound) },
    dependsOnPath: dependsOnPath([main, optimistic, jump]),
  };
  const fidelity: Fidelity[] = [...plan.fidelity, ...flagsOf(inputs, plan, track)];
  if (differs(optimistic, main)) fidelity.push('intrabar-assumed');
  const doubts = leverageDoubts(tree, leverages);
  return { result, fidelity, warnings: [...plan.warnings, ...doubts, ...warningsOf(result)] };
}

/** One track with the guards and without. */
type Pair = { readonly track: Track; readonly guarded: Driven; readonly bare: Driven };

function sceneOf(inputs: ReplayInputs, plan: Plan, tree: ReplayTree): Scene {
  const series = plan.symbols.map((symbol) => inputs.ohlcv.find((bars) => bars.symbol === symbol) ?? null);
  const world: VenueWorld = {
    symbols: plan.symbols,
    specs: inputs.venues,
    config: tree.venue,
    liquidityAt: liquidityLookup(series),
  };
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const columns = marketColumns(series, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
  return { inputs, plan, tree, world, market: columns.market, nextBar: () => nextBarIn(columns) };
}

function breaksOf({ plan }: Scene, { bookBreaks }: Driven): ReplayResult['bookBreaks'] {
  return bookBreaks.map(({ account, symbol, ...one }) => ({
    ...one,
    account: account === null ? null : (plan.book.accounts[account]?.id ?? null),
    symbol: symbol === null ? null : (plan.symbols[symbol] ?? null),
  }));
}

function standingHalts({ run }: Driven): ReplayResult['standingHalts'] {
  const halts = run.protection?.engine.state.halts ?? [];
  return halts.map(({ guard, rule, since, manual }) => ({ guard, rule, since: Math.round(since), manual }));
}

function deadRulesOf({ run }: Driven, { from, to }: Plan): ReplayResult['deadRules'] {
  return run.protection === null ? [] : deadRules(run.protection.engine, to - from);
}

function dependsOnPath(pairs: readonly Pair[]): boolean {
  const verdict = ({ told: { result } }: Driven) => result.liquidations.length > 0;
  return (['guarded', 'bare'] as const).some(
    (side) => new Set(pairs.map((one) => verdict(one[side]))).size > 1,
  );
}

function differs(a: Pair, b: Pair): boolean {
  const end = ({ told }: Driven) => told.result.endEquity;
  return end(a.guarded) !== end(b.guarded) || end(a.bare) !== end(b.bare);
}

function planOf(inputs: ReplayInputs, tree: ReplayTree): Plan {
  const { journal, book } = inputs;
  if (journal !== null && book !== null) {
    throw new InputError({
      code: 'USAGE',
      message: 'a journal or a portfolio must be replayed, was both',
      remedy: 'Leave one of --journal and --portfolio out',
    });
  }
  if (journal !== null) return planJournal(inputs, journal, tree);
  if (book !== null) return planBook(inputs, book, tree);
  throw new InputError({
    code: 'USAGE',
    message: 'a journal or a portfolio must be given, was neither',
    remedy: 'Give --journal FILE or --portfolio FILE; "risk schema portfolio" says what such a file holds',
  });
}

function outcomeOf({ track, guarded, bare }: Pair): BandOutcome {
  return { pathHash: track.hash, protected: endingOf(guarded), unprotected: endingOf(bare) };
}

function endingOf({ told }: Driven): Ending {
  const { endEquity, maxDrawdown, minMarginLevel, liquidations, shortfall } = told.result;
  return { endEquity, maxDrawdown, minMarginLevel, liquidations: liquidations.length, shortfall };
}

function journalOf({ selection }: Plan): ReplayResult['journal'] {
  if (selection === null) return null;
  const { total, used, fit, skipped } = selection;
  return { total, used, fit, skipped: groupSkipped(skipped) };
}

const EXAMPLES = 3;

function groupSkipped(skipped: readonly Skipped[]): NonNullable<ReplayResult['journal']>['skipped'] {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  const groups = reasons.map((reason) => {
    const own = skipped.filter((one) => one.reason === reason).map(({ example }) => example);
    return { reason, count: own.length, examples: own.slice(0, EXAMPLES) };
  });
  return groups.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function termsOf({ venues }: ReplayInputs, { book, from, to }: Plan): ReplayResult['terms'] {
  return book.accounts.map(({ id, venue }) => {
    const spec = venues.find(({ name }) => name === venue);
    if (spec === undefined) return { account: id, venue, inForce: [] };
    const first = termsAt(spec, from).terms;
    const later = spec.terms.filter(({ effectiveFrom }) => effectiveFrom > from && effectiveFrom <= to);
    return { account: id, venue, inForce: [first, ...later].map(({ name }) => name) };
  });
}

function warningsOf({ protected: guarded, unprotected, dependsOnPath, bound }: ReplayResult): string[] {
  const warnings: string[] = [];
  const { onTheWay } = guarded.orders;
  if (onTheWay > 0) {
    const orders = onTheWay === 1 ? 'one order of the guards was' : `${onTheWay} orders of the guards were`;
    warnings.push(`${orders} still on the way to the venue when the data ended: they changed nothing`);
  }
  const { rejected, reasons } = unprotected.orders;
  if (rejected > 0) {
    const told = reasons.map(({ reason, count }) => `${count} ${reason}`).join(', ');
    warnings.push(`${rejected} orders were refused by the venue: ${told}`);
  }
  if (dependsOnPath) {
    warnings.push(
      'whether anybody is liquidated depends on the order of prices inside bars: finer bars or prints settle it',
    );
  }
  if (bound !== null && bound.unprotected.liquidations > 0 && unprotected.liquidations.length === 0) {
    warnings.push(
      'with every symbol at its own worst at once somebody would be liquidated: a bound, no market',
    );
  }
  return warnings;
}

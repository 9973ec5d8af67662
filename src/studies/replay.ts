/**
 * `replay`: a journal or a book through the simulated exchange along the path of its data; in this version without
 * protection. The verdict rests on the pessimistic path; the optimistic one and the one that acts at points alone stand
 * beside it (RULES 2.1).
 */
import type { Contract } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { buildPath } from '../replay/build-path.ts';
import { liquidityLookup } from '../replay/liquidity.ts';
import type { Path, PathPolicy } from '../replay/path.ts';
import { pathHash } from '../replay/path-hash.ts';
import { completeRun } from '../replay/run.ts';
import type { RunResult } from '../replay/run-result.ts';
import type { Legs } from '../replay/run-state.ts';
import { buildTimeline } from '../replay/timeline.ts';
import { symbolTerms, termsAt } from '../venue/venue-spec.ts';
import type { VenueWorld } from '../venue/venue-world.ts';
import { happeningsAround } from './replay/happenings.ts';
import type { Plan, ReplayInputs, ReplayTree, Skipped } from './replay/inputs.ts';
import { planBook } from './replay/plan-book.ts';
import { planJournal } from './replay/plan-journal.ts';
import type { BandOutcome, ReplayResult } from './replay-result.ts';

export type { ReplayInputs, ReplayTree };

export const replay: Study<ReplayInputs, ReplayTree, ReplayResult> = {
  name: 'replay',
  needs: ['ohlcv', 'journal', 'portfolio', 'funding', 'mark', 'ticks'],
  configPaths: ['data.maxGap', 'venue', 'studies.replay'],
  run,
};

function run(inputs: ReplayInputs, tree: ReplayTree, ctx: StudyContext): Outcome<ReplayResult> {
  const plan = planOf(inputs, tree);
  const { intrabar, legs } = tree.studies.replay;
  const world: VenueWorld = {
    symbols: plan.symbols,
    specs: inputs.venues,
    config: tree.venue,
    liquidityAt: liquidityLookup(
      plan.symbols.map((symbol) => inputs.ohlcv.find((bars) => bars.symbol === symbol) ?? null),
    ),
  };
  const runs = plan.symbols.length > 1 ? 4 : 3;
  const along = (policy: PathPolicy, steps: Legs, done: number) => {
    const driven = driveAlong({ inputs, plan, tree, world }, policy, steps);
    ctx.progress(done, runs);
    return driven;
  };
  const main = along(intrabar, legs, 1);
  const optimistic = along('optimistic', legs, 2);
  const jump = along(intrabar, 'jump', 3);
  const bound = runs === 4 ? along('each-worst', legs, 4) : null;
  const three = [main, optimistic, jump];
  const { path } = main;
  const result: ReplayResult = {
    pathHash: main.hash,
    window: { from: plan.from, to: plan.to, symbols: [...plan.symbols], instants: path.time.length },
    journal: journalOf(plan),
    terms: termsOf(inputs, plan),
    unprotected: main.run,
    band: { optimistic: outcomeOf(optimistic), jump: outcomeOf(jump) },
    bound: bound === null ? null : outcomeOf(bound),
    dependsOnPath: new Set(three.map((one) => one.run.liquidations.length > 0)).size > 1,
  };
  const fidelity: Fidelity[] = [...plan.fidelity, ...flagsOf(inputs, plan, main)];
  if (optimistic.run.endEquity !== main.run.endEquity) fidelity.push('intrabar-assumed');
  return { result, fidelity, warnings: [...plan.warnings, ...warningsOf(result)] };
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

type Scene = {
  readonly inputs: ReplayInputs;
  readonly plan: Plan;
  readonly tree: ReplayTree;
  readonly world: VenueWorld;
};

type Driven = { readonly path: Path; readonly hash: string; readonly run: RunResult; readonly flat: boolean };

function driveAlong({ inputs, plan, tree, world }: Scene, policy: PathPolicy, legs: Legs): Driven {
  const { ohlcv, mark, ticks, equityPoints: points } = inputs;
  const { symbols, exposures, known, from, to, entries, exits, book } = plan;
  const path = buildPath({ symbols, ohlcv, mark, ticks, exposures, known, policy, from, to });
  const around = happeningsAround(inputs, plan, tree, path);
  const happenings = [...around.happenings, ...plan.happenings];
  const timeline = buildTimeline(happenings, entries, exits, { from, to });
  const run = completeRun({ world, book, path, timeline, legs, points });
  return { path, hash: pathHash(path), run, flat: around.flat };
}

function outcomeOf({ hash, run: one }: Driven): BandOutcome {
  const { endEquity, maxDrawdown, minMarginLevel, liquidations, shortfall } = one;
  return {
    pathHash: hash,
    unprotected: { endEquity, maxDrawdown, minMarginLevel, liquidations: liquidations.length, shortfall },
  };
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

type Perp = { readonly account: string; readonly symbol: string; readonly contract: Contract };

/** What the run leaves open, by what it actually rested on. */
function flagsOf(
  { venues }: ReplayInputs,
  { book, symbols, entries, from }: Plan,
  { path, flat }: Driven,
): Fidelity[] {
  const flags: Fidelity[] = [];
  if (path.jump.some((one, i) => one === 0 && i > 0)) flags.push('intrabar-time-assumed');
  const perps: Perp[] = [
    ...book.positions.filter(({ type }) => type === 'perp'),
    ...book.orders.filter(({ reduceOnly }) => !reduceOnly),
    ...entries.map(({ account, symbol, contract }) => ({
      account: book.accounts[account]?.id ?? '',
      symbol: symbols[symbol] ?? '',
      contract,
    })),
  ];
  const names = new Set(perps.map(({ symbol }) => symbol));
  if (symbols.some((symbol, s) => names.has(symbol) && path.marked[s] === 0)) flags.push('last-as-mark');
  for (const { venue, id } of book.accounts) {
    const spec = venues.find(({ name }) => name === venue);
    const own = perps.filter(({ account }) => account === id);
    if (spec === undefined || own.length === 0) continue;
    const { terms, nearest } = termsAt(spec, from);
    if (nearest) flags.push('brackets-nearest');
    if (own.some(({ symbol, contract }) => symbolTerms(terms, symbol, contract).fallback))
      flags.push('brackets-default');
  }
  if (flat) flags.push('funding-flat');
  return flags;
}

function warningsOf({ unprotected, dependsOnPath, bound }: ReplayResult): string[] {
  const warnings: string[] = [];
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

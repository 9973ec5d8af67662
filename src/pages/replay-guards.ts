/** What the guards of a replay did, what each was worth, and which rules said nothing. */
import type { Block, Row, TimelineLane } from '../model/page.ts';
import { MS_PER_SECOND } from '../model/time.ts';
import { utcText } from '../model/utc-text.ts';
import type { RunResult } from '../replay/run-result.ts';
import { formatCell } from '../report/format.ts';
import type { ReplayResult } from '../studies/replay-result.ts';
import { seenText } from './measure-text.ts';
import { moneyUnit } from './money-unit.ts';
import { runsOf } from './replay-account.ts';

/** One row a guard; what it saved and cost stands there where it was asked for. */
export function guardTable({ guards, protected: run }: ReplayResult): Block[] {
  if (guards.length === 0) return [];
  const isJudged = guards.some(({ alone }) => alone !== null);
  const money = moneyUnit(run.currency);
  const table: Block = {
    kind: 'table',
    title: 'Guards, in order of precedence',
    columns: [
      { key: 'guard', title: 'guard', unit: 'text' },
      { key: 'decisions', title: 'decisions', unit: 'count' },
      ...(isJudged
        ? ([
            { key: 'lossAvoided', title: 'loss avoided', unit: money },
            { key: 'gain', title: 'gain alone', unit: money },
            { key: 'falseTrips', title: 'false trips', unit: 'count' },
            { key: 'costOfFalseTrips', title: 'their cost', unit: money },
          ] as const)
        : []),
      { key: 'reactionMs', title: 'slowest', unit: 'duration' },
      { key: 'lossInReaction', title: 'lost meanwhile', unit: money },
    ],
    rows: guards.map((one): Row => {
      const {
        guard,
        decisions,
        lossAvoided,
        falseTrips,
        costOfFalseTrips,
        reactionMs,
        lossInReaction,
        alone,
      } = one;
      const judged = isJudged ? { lossAvoided, gain: alone?.gain ?? null, falseTrips, costOfFalseTrips } : {};
      return { guard, decisions, ...judged, reactionMs, lossInReaction };
    }),
    yields: ['lossInReaction', 'reactionMs', 'costOfFalseTrips'],
  };
  const note = isJudged
    ? 'Loss avoided: equity at the end with all guards less that without this one. Gain alone: with this one alone less that with none. They are never summed.'
    : 'What each guard saved and cost: --counterfactual.';
  return [table, { kind: 'text', text: note, tone: 'dim' }];
}

const SHOWN = 12;

/** What was decided, first things first; what acted where there is much. */
export function decisionTable({ timeline }: ReplayResult, detail: boolean): Block[] {
  const acts = timeline.shown.filter(({ kind }) => detail || kind !== 'alert');
  if (acts.length === 0) return [];
  const shown = detail ? acts : acts.slice(0, SHOWN);
  const more = timeline.total - shown.length;
  const table: Block = {
    kind: 'table',
    title: 'Decisions',
    columns: [
      { key: 'time', title: 'time', unit: 'time' },
      { key: 'guard', title: 'guard', unit: 'text' },
      { key: 'rule', title: 'rule', unit: 'text' },
      { key: 'symbol', title: 'symbol', unit: 'text' },
      { key: 'did', title: 'what it did', unit: 'text' },
      { key: 'seen', title: 'seen / bound', unit: 'text' },
      { key: 'measure', title: 'of', unit: 'text' },
    ],
    rows: shown.map(({ measure, observed, threshold, ...one }) => {
      const { guard, rule, symbol } = one;
      const time = wholeSecond(one.time);
      const seen = seenText(measure, observed, threshold);
      return { time, guard, rule, symbol, did: didOf(one), seen, measure };
    }),
    yields: ['measure', 'seen'],
  };
  if (more <= 0) return [table];
  return [table, { kind: 'text', text: `${more} more, alerts among them; all with --detail`, tone: 'dim' }];
}

type Told = ReplayResult['timeline']['shown'][number];

/** In brackets where another guard asked for more of the same position. */
function didOf({ kind, qty, price, stands }: Pick<Told, 'kind' | 'qty' | 'price' | 'stands'>): string {
  const amount =
    price === null ? (qty === null ? '' : ` ${formatCell('qty', qty)}`) : ` ${formatCell('price', price)}`;
  return stands ? `${kind}${amount}` : `(${kind}${amount})`;
}

/** Where inside a bar something was reached is known no better than that. */
function wholeSecond(time: number): number {
  return Math.round(time / MS_PER_SECOND) * MS_PER_SECOND;
}

/** Halts that nobody ended: what comes after them was denied by rule, not judged. */
export function haltBlocks({ standingHalts, window }: ReplayResult): Block[] {
  const manual = standingHalts.filter((one) => one.manual);
  const [first] = manual.toSorted((a, b) => a.since - b.since);
  if (first === undefined) return [];
  const share = (window.to - first.since) / Math.max(1, window.to - window.from);
  const names = manual.map(({ guard, rule }) => `${guard} ${rule}`).join(', ');
  const text = `New risk is denied from ${utcText(wholeSecond(first.since))} to the end, ${formatCell('fraction', share)} of the run: no operator resumes after ${names}. How the desk would go on: --operator-delay 24h.`;
  return [{ kind: 'text', text, tone: 'warn' }];
}

/** Limits that the book breaks at its start: told, never cut. */
export function breakTable({ bookBreaks }: ReplayResult): Block[] {
  if (bookBreaks.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Limits that the held book breaks already (they judge orders, so nothing is cut)',
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'symbol', title: 'symbol', unit: 'text' },
        { key: 'seen', title: 'used / limit', unit: 'text' },
      ],
      rows: bookBreaks.map(({ guard, rule, symbol, measure, observed, threshold }) => {
        return { guard, rule, symbol: symbol ?? 'the book', seen: seenText(measure, observed, threshold) };
      }),
    },
  ];
}

/** Rules that said nothing, by why; those that never fired in one line, since most do not in one run. */
export function deadRuleBlocks({ deadRules }: ReplayResult): Block[] {
  if (deadRules.length === 0) return [];
  const silent = deadRules.filter(({ why }) => why === 'never-fired');
  const rows = deadRules.filter(({ why }) => why !== 'never-fired');
  const blocks: Block[] = [];
  if (rows.length > 0) {
    blocks.push({
      kind: 'table',
      title: 'Rules that tell nothing as configured',
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'note', title: 'why', unit: 'text' },
      ],
      rows: rows.map(({ guard, rule, note }) => ({ guard, rule, note })),
    });
  }
  if (silent.length > 0) {
    const names = silent.map(({ guard, rule }) => `${guard} ${rule}`).join(', ');
    blocks.push({ kind: 'text', text: `Rules that never fired in this run: ${names}.`, tone: 'dim' });
  }
  return blocks;
}

/** When each guard acted. */
export function decisionTimeline({ timeline, guards, window }: ReplayResult): Block[] {
  if (guards.length === 0) return [];
  const lanes = guards.map(({ guard }): TimelineLane => {
    return {
      name: guard,
      events: timeline.shown
        .filter((one) => one.guard === guard && one.time >= window.from && one.time <= window.to)
        .map(({ time, kind, rule, symbol, severity }) => ({
          time,
          label: `${kind} ${rule}${symbol === null ? '' : ` ${symbol}`}`,
          tone: severity === 'info' ? 'plain' : severity === 'warning' ? 'warn' : 'bad',
        })),
    };
  });
  return [{ kind: 'timeline', title: 'When the guards spoke', from: window.from, to: window.to, lanes }];
}

/** Equity with the guards and without. */
export function equityLines(result: ReplayResult): Block {
  return {
    kind: 'lines',
    title: 'Equity',
    x: { title: 'time', unit: 'time' },
    y: { title: 'equity', unit: moneyUnit(result.unprotected.currency) },
    series: runsOf(result).map(({ name, run }) => ({ name, style: 'line', points: run.equity.flat() })),
  };
}

/** Levels above this are all the same to a reader who looks for danger. */
const SAFE_ENOUGH = 5;

/** The margin level with the zones of S3. */
export function levelLines(result: ReplayResult): Block[] {
  const series = runsOf(result)
    .filter(({ run }) => run.marginLevel.length > 0)
    .map(({ name, run }) => {
      const points = run.marginLevel.flatMap(([time, level]) => [time, Math.min(SAFE_ENOUGH, level)]);
      return { name, style: 'line' as const, points };
    });
  if (series.length === 0) return [];
  return [
    {
      kind: 'lines',
      title: 'Margin level',
      x: { title: 'time', unit: 'time' },
      y: { title: 'equity / maintenance', unit: 'ratio' },
      series,
      marks: [
        { axis: 'y', at: 2, label: 'warning' },
        { axis: 'y', at: 1.5, label: 'critical' },
        { axis: 'y', at: 1.2, label: 'liquidation' },
        { axis: 'y', at: 1, label: 'the venue acts' },
      ],
      note: `The lowest of the margin scopes; levels above ${SAFE_ENOUGH} are drawn at ${SAFE_ENOUGH}.`,
    },
  ];
}

/** How far equity has fallen from its highest, over time. */
export function drawdownLines(result: ReplayResult): Block {
  return {
    kind: 'lines',
    title: 'Drawdown',
    x: { title: 'time', unit: 'time' },
    y: { title: 'below the highest equity', unit: 'fraction' },
    series: runsOf(result).map(({ name, run }) => ({ name, style: 'line', points: drawdownPoints(run) })),
  };
}

function drawdownPoints({ equity }: RunResult): number[] {
  let peak = Number.NEGATIVE_INFINITY;
  return equity.flatMap(([time, value]) => {
    peak = Math.max(peak, value);
    return [time, peak > 0 ? 1 - value / peak : 0];
  });
}

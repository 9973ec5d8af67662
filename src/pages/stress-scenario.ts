/** One scenario on paper: who follows whose prices, what the shock alone would do, the band, and its curves. */
import type { Block, HeatmapBlock, Mark } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { ScenarioResult, StressResult, StressRun } from '../studies/stress-result.ts';
import { seenText } from './measure-text.ts';
import { moneyUnit } from './money-unit.ts';
import { remarkBlocks } from './stress-remarks.ts';

/** Decisions that a page tells of one scenario. */
const DECISIONS_MAX = 10;
/** Marks on a curve; more of them cover it. */
const MARKS_MAX = 6;
/** Figures that claim to be exact differ by no more from a recording of the same market. */
const EXACT = 0.005;
/** Two digits would show such a fall as the whole price. */
const NEAR_ALL = -0.9999;
/** Levels above this are all the same to a reader who looks for danger. */
const SAFE_ENOUGH = 5;

export function scenarioBlocks(one: ScenarioResult, charts: boolean): Block[] {
  return [
    mappingTable(one),
    ...differences(one),
    bandTable(one),
    ...decisionTable(one),
    ...remarkBlocks(one, charts),
    ...curves(one, charts),
  ];
}

function mappingTable(one: ScenarioResult): Block {
  const { id, title, mapping, shock, positions } = one;
  const { currency } = one.protected;
  const money = moneyUnit(currency);
  return {
    kind: 'table',
    title: `${id}: ${title}`,
    columns: [
      { key: 'symbol', title: 'symbol', unit: 'text' },
      { key: 'by', title: 'prices of', unit: 'text' },
      { key: 'price', title: 'at start', unit: 'price' },
      {
        key: 'move',
        title: 'worst move',
        unit: mapping.some(({ move }) => move < NEAR_ALL) ? 'rate' : 'fraction',
      },
      { key: 'shock', title: 'shock', unit: 'fraction' },
      { key: 'shockPnl', title: 'by shock', unit: money },
      { key: 'without', title: 'without', unit: money },
      { key: 'with', title: 'with guards', unit: money },
    ],
    rows: mapping.map(({ symbol, by, of, beta, price, move }) => {
      const shocked = shock.positions.filter((position) => position.symbol === symbol);
      const own = positions.filter((position) => position.symbol === symbol);
      // Points of another asset are named: `--shift` gave them.
      const isOwn = by === 'market' || of === '' || (by === 'points' && symbol.startsWith(of));
      const named = isOwn ? by : `${by} ${of}`;
      return {
        symbol,
        by:
          beta === 1 || of === '' ? named : `${named} x ${formatCell('ratio', Math.round(beta * 100) / 100)}`,
        price,
        move,
        shock: shocked[0]?.shock ?? null,
        shockPnl: shocked.length === 0 ? null : shocked.reduce((sum, { pnl }) => sum + pnl, 0),
        without: own.length === 0 ? null : own.reduce((sum, { unprotected }) => sum + unprotected, 0),
        with: own.length === 0 ? null : own.reduce((sum, position) => sum + position.protected, 0),
      };
    }),
    yields: ['shockPnl', 'shock', 'price'],
  };
}

/** Recorded prices beside the figures of the file, which are those of spot where they are prints. */
function differences({ mapping }: ScenarioResult): Block[] {
  return mapping.flatMap(({ symbol, of, market, marks, covered, difference }): Block[] => {
    if (market === null) return [];
    const beside = marks === null ? '' : `, marks from ${marks}`;
    const part = covered === null || covered.whole ? '' : `, recorded ${spanText(covered)} alone`;
    const name = `${symbol}: recorded ${market === 'perp' ? 'perpetual' : 'spot'} prices, ${of}${beside}${part}`;
    if (difference === null) return [{ kind: 'text', tone: 'dim', text: name }];
    const { compared, median, largest, exact } = difference;
    const claim = exact ? 'exact' : 'reconstructed';
    const text = `${name}; its ${compared} ${claim} figures in the file differ by ${formatCell('rate', median)} at the median, ${formatCell('rate', largest)} at most`;
    const isFar = exact && market === 'spot' && largest > EXACT;
    return [{ kind: 'text', tone: isFar ? 'warn' : 'dim', text }];
  });
}

function spanText({ from, to }: { readonly from: number; readonly to: number }): string {
  return `from ${formatCell('time', from)} to ${formatCell('time', to)}`;
}

/** The verdict and its neighbours: what the order of prices and the time to act decide. */
function bandTable({ id, protected: guarded, unprotected, verdict, band, shock }: ScenarioResult): Block {
  const money = moneyUnit(guarded.currency);
  const row = (
    path: string,
    ends: Pick<ScenarioResult['band']['jump'], 'protected' | 'unprotected' | 'verdict'>,
  ) => ({
    path,
    without: ends.unprotected.endEquity,
    liquidationsWithout: ends.unprotected.liquidations,
    with: ends.protected.endEquity,
    liquidationsWith: ends.protected.liquidations,
    verdict: ends.verdict,
  });
  const ending = (run: StressRun) => ({ ...run, liquidations: run.liquidations.length });
  return {
    kind: 'table',
    title: `${id}: what the path leaves open`,
    columns: [
      { key: 'path', title: 'path', unit: 'text' },
      { key: 'without', title: 'end without', unit: money },
      { key: 'liquidationsWithout', title: 'liquidations', unit: 'count' },
      { key: 'with', title: 'end with', unit: money },
      { key: 'liquidationsWith', title: 'liquidations', unit: 'count' },
      { key: 'verdict', title: 'verdict', unit: 'text' },
    ],
    rows: [
      row('pessimistic', { protected: ending(guarded), unprotected: ending(unprotected), verdict }),
      row('optimistic', band.optimistic),
      row('acting at points alone', band.jump),
      {
        path: 'one instantaneous move',
        without: shock.equityAfter,
        liquidationsWithout: shock.positions.filter(({ liquidated }) => liquidated).length,
        with: null,
        liquidationsWith: null,
        verdict: null,
      },
    ],
  };
}

function decisionTable({ id, decisions }: ScenarioResult): Block[] {
  if (decisions.length === 0) return [];
  return [
    {
      kind: 'table',
      title:
        decisions.length > DECISIONS_MAX ? `${id}: the first ${DECISIONS_MAX} decisions` : `${id}: decisions`,
      columns: [
        { key: 'time', title: 'time', unit: 'time' },
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'symbol', title: 'symbol', unit: 'text' },
        { key: 'kind', title: 'what it did', unit: 'text' },
        { key: 'price', title: 'price', unit: 'price' },
        { key: 'seen', title: 'seen / bound', unit: 'text' },
      ],
      rows: decisions.slice(0, DECISIONS_MAX).map(({ measure, observed, threshold, ...one }) => ({
        ...one,
        seen: seenText(measure, observed, threshold),
      })),
      yields: ['seen', 'rule'],
    },
  ];
}

/** Prices, equity both ways, and the margin level with its zones; decisions stand on the line of equity. */
function curves(one: ScenarioResult, charts: boolean): Block[] {
  const { path, unprotected, protected: guarded } = one;
  const x = { title: 'time', unit: 'time' } as const;
  const equity: Block = {
    kind: 'lines',
    title: `${one.id}: equity`,
    x,
    y: { title: 'equity', unit: moneyUnit(guarded.currency) },
    series: [
      { name: 'with guards', style: 'line', points: guarded.equity.flat() },
      { name: 'without', style: 'line', points: unprotected.equity.flat() },
      ...(charts ? decisionPoints(one) : []),
    ],
    marks: charts ? decisionMarks(one) : [],
  };
  if (!charts) return [equity];
  return [
    {
      kind: 'lines',
      title: `${one.id}: prices, the start is 1`,
      x,
      y: { title: 'price / price at start', unit: 'ratio' },
      series: path.map(({ symbol, points }) => ({ name: symbol, style: 'line', points: points.flat() })),
    },
    equity,
    ...levelLines(one),
  ];
}

/** Each decision at the equity of its moment. */
function decisionPoints({
  decisions,
  protected: { equity },
}: ScenarioResult): { name: string; style: 'points'; points: number[]; tone: 'warn' }[] {
  if (decisions.length === 0) return [];
  const points = decisions.flatMap(({ time }) => {
    const at = equity.findLast(([moment]) => moment <= time) ?? equity[0];
    return at === undefined ? [] : [time, at[1]];
  });
  return [{ name: 'decisions', style: 'points', points, tone: 'warn' }];
}

/** What befell the book before what was decided, and where stops were put at the end: there is room for few. */
function decisionMarks({ decisions, unprotected, protected: guarded }: ScenarioResult): Mark[] {
  const forced = [
    { name: 'without', run: unprotected },
    { name: 'with guards', run: guarded },
  ].flatMap(({ name, run }) =>
    run.liquidations.map(({ time, symbol }) => ({ time, label: `${symbol} liquidated ${name}` })),
  );
  const decided = [
    ...decisions.filter(({ kind }) => kind !== 'set-stop'),
    ...decisions.filter(({ kind }) => kind === 'set-stop'),
  ].map(({ time, guard, rule, kind }) => ({ time, label: `${kind} ${guard} ${rule}` }));
  const first = new Map<string, Mark>();
  for (const { time, label } of [...forced, ...decided]) {
    if (!first.has(label)) first.set(label, { axis: 'x', at: time, label });
  }
  return [...first.values()].slice(0, MARKS_MAX);
}

function levelLines({ id, protected: guarded, unprotected }: ScenarioResult): Block[] {
  const runs = [
    { name: 'with guards', run: guarded },
    { name: 'without', run: unprotected },
  ].filter(({ run }) => run.marginLevel.length > 0);
  if (runs.length === 0) return [];
  return [
    {
      kind: 'lines',
      title: `${id}: margin level`,
      x: { title: 'time', unit: 'time' },
      y: { title: 'equity / maintenance', unit: 'ratio' },
      series: runs.map(({ name, run }) => ({
        name,
        style: 'line',
        points: run.marginLevel.flatMap(([time, level]) => [time, Math.min(SAFE_ENOUGH, level)]),
      })),
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

/** What was lost with a venue, as it has no place in the table: with the guards, and without them where that is another sum. */
export function lostBlocks({ scenarios, portfolio }: StressResult): Block[] {
  const { currency } = portfolio;
  const amount = (value: string) => `${formatCell(moneyUnit(currency), value)} ${currency}`;
  return scenarios.flatMap(({ id, protected: guarded, unprotected }): Block[] => {
    const [own, bare] = [guarded.counterpartyLoss, unprotected.counterpartyLoss];
    if (!(Number(own) > 0 || Number(bare) > 0)) return [];
    const without = own === bare ? '' : `, ${amount(bare)} without the guards`;
    return [{ kind: 'text', tone: 'warn', text: `${id}: ${amount(own)} was lost with a venue${without}.` }];
  });
}

/** Scenarios by positions: what each came to as a share of the book's equity, without protection and with it. */
export function heatmapBlocks({ scenarios, portfolio }: StressResult): HeatmapBlock[] {
  const equity = Number(portfolio.equity);
  if (!(equity > 0) || scenarios.length === 0) return [];
  const places = scenarios[0]?.positions ?? [];
  const several = new Set(places.map(({ account }) => account)).size > 1;
  const columns = places.map(({ account, symbol }) => (several ? `${symbol} ${account}` : symbol));
  const map = (side: 'unprotected' | 'protected', title: string): HeatmapBlock => ({
    kind: 'heatmap',
    title,
    corner: 'scenario',
    unit: 'fraction',
    columns,
    rows: scenarios.map(({ id, positions }) => ({
      name: id,
      values: places.map((place) => {
        const own = positions.find((one) => one.account === place.account && one.symbol === place.symbol);
        return own === undefined ? null : own[side] / equity;
      }),
    })),
    note: 'Result of each position over the scenario as a share of equity at the start, after fees, before funding.',
  });
  return [
    map('unprotected', 'Scenarios and positions without protection'),
    map('protected', 'Scenarios and positions with the guards'),
  ];
}

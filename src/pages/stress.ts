/** A stress test on paper: one line a scenario, the worst at the bottom; then what protection saved, and what it cost. */
import type { Block, Page, Row, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import type { ScenarioResult, StressResult, StressRun, Verdict } from '../studies/stress-result.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine } from './provenance.ts';
import { distanceBlocks, reverseBlocks } from './stress-reverse.ts';
import { heatmapBlocks, lostBlocks, scenarioBlocks } from './stress-scenario.ts';

/** More scenarios than this are told in the table alone; the page with charts has all of them. */
const TOLD_MAX = 2;

export function stressPage(report: Report<StressResult>, charts: boolean): Page {
  const { result } = report;
  const told = charts || result.scenarios.length <= TOLD_MAX;
  return {
    title: isExample(report) ? 'Stress test of the example book' : 'Stress test',
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...bookBlocks(report),
      scenarioTable(result),
      ...legendBlocks(result),
      ...lostBlocks(result),
      ...summaryBlocks(result),
      ...reverseBlocks(result.reverse),
      ...distanceBlocks(result.distance),
      ...(charts ? heatmapBlocks(result) : []),
      ...(told ? result.scenarios.flatMap((one) => scenarioBlocks(one, charts)) : []),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ portfolio, scenarios }: StressResult): string {
  const { currency, equity, grossExposure, leverage, positions } = portfolio;
  const amount = (value: string) => `${formatCell(moneyUnit(currency), value)} ${currency}`;
  const times = leverage === null ? '' : `, ${formatCell('ratio', Math.round(leverage * 100) / 100)}x`;
  const many = positions.length === 1 ? '1 position' : `${positions.length} positions`;
  const events = scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`;
  return `${many} of ${amount(grossExposure)} gross on ${amount(equity)} of equity${times}; ${events}, with the guards and without`;
}

function isExample({ inputs }: Report<StressResult>): boolean {
  return inputs.some(({ role, path }) => role === 'portfolio' && path.startsWith('sample:'));
}

function bookBlocks(report: Report<StressResult>): Block[] {
  if (!isExample(report)) return [];
  return [{ kind: 'text', tone: 'warn', text: 'The book is invented. Name your own with --portfolio.' }];
}

/** As the table has room for them; the report has the whole word. */
const words: Readonly<Record<Verdict, string>> = {
  'harmed-by-protection': 'HARMED',
  insolvent: 'INSOLVENT',
  liquidated: 'liquidated',
  'saved-by-protection': 'saved',
  survives: 'survives',
};

const tones: Readonly<Record<Verdict, Tone>> = {
  'harmed-by-protection': 'bad',
  insolvent: 'bad',
  liquidated: 'bad',
  'saved-by-protection': 'good',
  survives: 'plain',
};

/** One line a scenario; the worst end with protection at the bottom. */
function scenarioTable({ scenarios, portfolio }: StressResult): Block {
  const { currency } = portfolio;
  const unit = moneyUnit(currency) === 'money' ? 'whole' : 'qty';
  const starts = [...new Set(scenarios.map(({ unprotected }) => unprotected.startEquity))];
  const [start] = starts;
  // One figure for all of them needs no column.
  const isOne = start !== undefined && starts.length === 1;
  const years = isOfSeveralYears(scenarios);
  const from = isOne ? `, from ${formatCell(moneyUnit(currency), start)} ${currency}` : '';
  return {
    kind: 'table',
    title: `Scenarios${from}; the worst end with protection at the bottom`,
    main: true,
    columns: [
      { key: 'id', title: 'scenario', unit: 'text' },
      { key: 'verdict', title: 'verdict', unit: 'text' },
      ...(isOne ? [] : [{ key: 'start', title: 'start', unit } as const]),
      { key: 'lowWithout', title: 'low w/o', unit },
      { key: 'endWithout', title: 'end w/o', unit },
      { key: 'lowWith', title: 'low with', unit },
      { key: 'endWith', title: 'end with', unit },
      { key: 'level', title: 'level', unit: 'ratio' },
      { key: 'liquidated', title: 'liquidated', unit: 'text' },
      ...(years ? [{ key: 'at', title: 'at', unit: 'text' } as const] : []),
      { key: 'first', title: 'first to act', unit: 'text' },
      { key: 'saved', title: 'saved', unit },
      { key: 'origin', title: 'prices', unit: 'text' },
    ],
    rows: scenarios.map((one) => rowOf(one, years)),
    tones: scenarios.map(({ verdict }) => tones[verdict]),
    yields: ['origin', 'at', 'saved', 'start', 'level', 'lowWithout', 'lowWith', 'first'],
  };
}

function rowOf(one: ScenarioResult, withYear: boolean): Row {
  const { unprotected, protected: guarded } = one;
  return {
    id: one.id,
    verdict: one.dependsOnPath ? `${words[one.verdict]} ?` : words[one.verdict],
    start: unprotected.startEquity,
    lowWithout: unprotected.lowEquity,
    endWithout: unprotected.endEquity,
    lowWith: guarded.lowEquity,
    endWith: guarded.endEquity,
    level: twoDigits(lowest(unprotected, guarded)),
    liquidated: liquidatedText(one, withYear),
    at: one.firstLiquidation === null ? '–' : utcText(one.firstLiquidation.time).slice(11, 16),
    first: one.firstDecision?.guard ?? '–',
    saved: one.saved,
    origin: one.origin,
  };
}

/** The protected run decides; without protection the same book came so near. */
function lowest(unprotected: StressRun, guarded: StressRun): number | null {
  return guarded.minMarginLevel ?? unprotected.minMarginLevel;
}

function twoDigits(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

/** Whether a day and a month leave open which year is meant. */
function isOfSeveralYears(scenarios: readonly ScenarioResult[]): boolean {
  return new Set(scenarios.map(({ from }) => utcText(from).slice(0, 4))).size > 1;
}

/** Who and when first, and how many more; marked where protection does not prevent it, or brings it about. */
function liquidatedText(
  { firstLiquidation: first, protected: guarded, unprotected }: ScenarioResult,
  withYear: boolean,
): string {
  if (first === null) return '–';
  const text = utcText(first.time);
  // A scenario is days long; where the year is told, the hour has a column of its own.
  const moment = withYear ? text.slice(0, 10) : text.slice(5, 16);
  return `${first.symbol} ${moment}${moreText(first.run === 'protected' ? guarded : unprotected)}${signOf(first, guarded)}`;
}

function moreText({ liquidations }: StressRun): string {
  return liquidations.length > 1 ? ` +${liquidations.length - 1}` : '';
}

function signOf({ run }: { readonly run: string }, guarded: StressRun): string {
  if (run === 'protected') return ' !';
  return guarded.liquidations.length > 0 ? ' *' : '';
}

/** What the short signs of the table mean, where they stand in it. */
function legendBlocks({ scenarios }: StressResult): Block[] {
  const signs = [
    'w/o: without the guards; level: the lowest margin level with them',
    ...says('?: another path gives another verdict', scenarios, ({ dependsOnPath }) => dependsOnPath),
    ...says('+1: that many liquidations more', scenarios, (one) => / \+\d/.test(liquidatedText(one, false))),
    ...says('*: liquidated with the guards as well', scenarios, (one) =>
      liquidatedText(one, false).endsWith('*'),
    ),
    ...says('!: liquidated with the guards alone', scenarios, (one) =>
      liquidatedText(one, false).endsWith('!'),
    ),
    ...says(
      'INSOLVENT: nothing is left, or the venue bears a debt of an account or of one isolated position',
      scenarios,
      ({ verdict }) => verdict === 'insolvent',
    ),
  ];
  return [{ kind: 'text', tone: 'dim', text: signs.join('; ') }];
}

function says(
  text: string,
  scenarios: readonly ScenarioResult[],
  about: (one: ScenarioResult) => boolean,
): string[] {
  return scenarios.some(about) ? [text] : [];
}

/** In crises and in controls, beside each other and never added up. */
function summaryBlocks({ summary, portfolio, scenarios }: StressResult): Block[] {
  if (scenarios.length < 2) return [];
  const money = (value: string | number) =>
    `${formatCell(moneyUnit(portfolio.currency), value)} ${portfolio.currency}`;
  const side = (
    name: string,
    { scenarios: count, meanSaved, mostSaved, mostCost }: StressResult['summary']['crises'],
  ) => {
    if (meanSaved === null) return [];
    const mean = meanSaved < 0 ? `cost ${money(-meanSaved)}` : `saved ${money(meanSaved)}`;
    const most = mostSaved === null ? '' : `; it saved most in ${mostSaved.id}, ${money(mostSaved.saved)}`;
    const cost =
      mostCost === null ? '' : `; it cost most in ${mostCost.id}, ${money(mostCost.saved.slice(1))}`;
    return [`In ${count} ${name} protection ${mean} on average${most}${cost}.`];
  };
  const harmed = scenarios.filter(({ verdict }) => verdict === 'harmed-by-protection').map(({ id }) => id);
  const crises = side(summary.crises.scenarios === 1 ? 'crisis' : 'crises', summary.crises);
  const controls = side(summary.controls.scenarios === 1 ? 'control' : 'controls', summary.controls);
  const each = scenarios
    .filter(({ kind }) => kind === 'control')
    .map(({ id, saved }) => `${id} ${costText(saved, money)}`);
  const apart = each.length < 2 ? [] : [`Control by control: ${each.join('; ')}.`];
  const lines: Block[] = [...crises, ...controls, ...apart].map((text) => ({ kind: 'text', text }));
  if (harmed.length === 0) return lines;
  const text = `Protection did harm in ${harmed.length} of ${scenarios.length}: ${harmed.join(', ')}.`;
  return [...lines, { kind: 'text', text, tone: 'warn' }];
}

function costText(saved: string, money: (value: string) => string): string {
  return saved.startsWith('-') ? `cost ${money(saved.slice(1))}` : `saved ${money(saved)}`;
}

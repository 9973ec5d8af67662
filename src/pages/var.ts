/** Value at risk on paper: one line a method and confidence, what is doubtful under it, then who carries it and what a crisis adds. */
import { intervalText } from '../market/gate/interval.ts';
import type { Block, Page, Row, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import type { VarResult, VarRow } from '../studies/var-result.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';
import { backtestBlocks } from './var-backtest.ts';
import { barBlocks, distributionBlocks, matrixBlocks } from './var-charts.ts';
import {
  componentBlocks,
  crisisBlocks,
  diversificationBlock,
  parameterBlock,
  stressedBlocks,
} from './var-parts.ts';
import { liquidationBlocks, liquidityBlock } from './var-venue.ts';

export type VarView = {
  /** What each position contributes, marginal and incremental beside it. */
  readonly components: boolean;
  /** Parameters of every method. */
  readonly detail: boolean;
  readonly charts: boolean;
  /** Only its main table is read. */
  readonly csv: boolean;
};

export function varPage(report: Report<VarResult>, view: VarView): Page {
  const { result } = report;
  return {
    title: titleOf('Value at risk', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --portfolio and --ohlcv'),
      bookBlock(result),
      methodTable(result, view.csv),
      ...reasonBlocks(result),
      ...sqrtTimeBlocks(result),
      ...(view.charts ? distributionBlocks(result) : []),
      diversificationBlock(result),
      ...(view.components ? componentBlocks(result) : []),
      ...(view.charts ? barBlocks(result) : []),
      ...matrixBlocks(result),
      ...crisisBlocks(result),
      ...stressedBlocks(result),
      liquidityBlock(result),
      ...liquidationBlocks(result),
      ...backtestBlocks(result, view.charts),
      ...(view.detail ? [parameterBlock(result)] : []),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ portfolio, window }: VarResult): string {
  const { currency, equity, grossExposure, leverage, positions } = portfolio;
  const amount = (value: string) => `${formatCell(moneyUnit(currency), value)} ${currency}`;
  const times = leverage === null ? '' : `, ${formatCell('ratio', Math.round(leverage * 100) / 100)}x`;
  const coins = positions.filter(({ kind }) => kind === 'collateral').length;
  const held = positions.length - coins;
  const many = `${held === 1 ? '1 position' : `${held} positions`}${coins === 0 ? '' : ' and coins as margin'}`;
  return `${many} of ${amount(grossExposure)} gross on ${amount(equity)} of equity${times}; the loss of ${intervalText(window.horizon)}`;
}

function bookBlock({ portfolio, window }: VarResult): Block {
  const { currency, concentration } = portfolio;
  const money = moneyUnit(currency);
  const fewer = window.returns < window.asked ? ` of ${window.asked} asked for` : '';
  const overlap = window.overlapping ? ', overlapping' : '';
  return {
    kind: 'fields',
    title: 'What it rests on',
    fields: [
      {
        title: 'window',
        unit: 'count',
        value: window.returns,
        note: `returns of ${intervalText(window.horizon)}${fewer}${overlap}, ${utcText(window.from)} to ${utcText(window.to)}`,
      },
      ...(window.dropped === 0
        ? []
        : [
            {
              title: 'dropped',
              unit: 'count',
              value: window.dropped,
              note: 'periods that miss bars',
            } as const,
          ]),
      {
        title: 'returns',
        unit: 'text',
        value: window.kind,
        note: window.kind === 'simple' ? 'each position valued anew' : 'exposure times log move: first order',
      },
      { title: `worst, ${currency}`, unit: money, value: window.worst, note: utcText(window.worstAt) },
      {
        title: 'largest symbol',
        unit: 'fraction',
        value: concentration.largestShare,
        note: `${concentration.largest}, of the gross; as concentrated as ${formatCell('r', concentration.effective)} equal ones`,
      },
    ],
  };
}

/** Reasons are told once below the table: a letter stands for each; in CSV, which has nothing below, they stand in its row. */
function methodTable({ portfolio, methods, sqrtTime }: VarResult, isCsv: boolean): Block {
  const { currency } = portfolio;
  const money = moneyUnit(currency);
  const marks = marksOf(methods, sqrtTime);
  const rows = methods.map((one): Row => {
    const { low, high } = one.varInterval;
    return {
      method: one.method,
      confidence: one.confidence,
      var: one.var,
      varFraction: one.varFraction,
      low,
      high,
      es: one.es,
      esFraction: one.esFraction,
      esLow: one.esInterval.low,
      esHigh: one.esInterval.high,
      adjusted: one.liquidityAdjustedVar,
      state: isCsv ? stateOf(one) : markedState(one, doubtsOf(one), marks),
      reason: doubtsOf(one).join('; '),
    };
  });
  return {
    kind: 'table',
    title: `VaR and ES, ${currency}`,
    main: true,
    columns: [
      { key: 'method', title: 'method', unit: 'text' },
      { key: 'confidence', title: 'at', unit: 'fraction' },
      { key: 'var', title: 'VaR', unit: money },
      { key: 'varFraction', title: 'of equity', unit: 'fraction' },
      { key: 'low', title: 'VaR low', unit: money },
      { key: 'high', title: 'VaR high', unit: money },
      { key: 'es', title: 'ES', unit: money },
      { key: 'esFraction', title: 'of equity', unit: 'fraction' },
      { key: 'esLow', title: 'ES low', unit: money },
      { key: 'esHigh', title: 'ES high', unit: money },
      { key: 'adjusted', title: 'VaR + exit', unit: money },
      { key: 'state', title: 'state', unit: 'text' },
      ...(isCsv ? [{ key: 'reason', title: 'reason', unit: 'text' } as const] : []),
    ],
    rows,
    tones: methods.map(toneOf),
    yields: ['adjusted', ['esLow', 'esHigh'], 'esFraction', ['low', 'high']],
  };
}

function stateOf({ var: value, valid, reason }: Pick<VarRow, 'var' | 'valid' | 'reason'>): string {
  if (value === null) return 'refused';
  if (!valid) return 'not valid';
  return reason === null ? 'ok' : 'see';
}

/** What is doubtful about a figure, then why its intervals lack an end. */
function doubtsOf({ var: value, es, reason, varInterval, esInterval }: VarRow): string[] {
  const why = [value === null ? null : varInterval.reason, es === null ? null : esInterval.reason];
  return [...new Set([...(reason?.split('; ') ?? []), ...why.filter((text) => text !== null)])];
}

type Scaled = NonNullable<VarResult['sqrtTime']>[number];
type Marks = ReadonlyMap<string, string>;

function scaledDoubts({ reason }: Scaled): string[] {
  return reason?.split('; ') ?? [];
}

function markedState(one: VarRow | Scaled, doubts: readonly string[], marks: Marks): string {
  return [stateOf(one), ...doubts.map((reason) => marks.get(reason) ?? '')].join(' ');
}

function toneOf({ valid, reason }: VarRow): Tone {
  if (!valid) return 'bad';
  return reason === null ? 'plain' : 'warn';
}

/** a, b, c for the reasons in their order. */
function marksOf(methods: readonly VarRow[], sqrtTime: VarResult['sqrtTime']): Marks {
  const reasons = [...new Set([...methods.flatMap(doubtsOf), ...(sqrtTime ?? []).flatMap(scaledDoubts)])];
  return new Map(
    reasons.map((reason, i) => [
      reason,
      `(${String.fromCharCode(97 + (i % 26))}${i < 26 ? '' : Math.floor(i / 26)})`,
    ]),
  );
}

function reasonBlocks({ methods, sqrtTime }: VarResult): Block[] {
  return [...marksOf(methods, sqrtTime)].map(([reason, mark]): Block => {
    const bad =
      methods.some((one) => !one.valid && doubtsOf(one).includes(reason)) ||
      (sqrtTime ?? []).some((one) => !one.valid && scaledDoubts(one).includes(reason));
    return { kind: 'text', tone: bad ? 'warn' : 'dim', text: `${mark} ${reason}` };
  });
}

function sqrtTimeBlocks({ methods, sqrtTime, portfolio }: VarResult): Block[] {
  if (sqrtTime === null) return [];
  const money = moneyUnit(portfolio.currency);
  const marks = marksOf(methods, sqrtTime);
  return [
    {
      kind: 'table',
      title: `One day times the root of the days, ${portfolio.currency}: exact only for independent normal returns without a mean`,
      columns: [
        { key: 'method', title: 'method', unit: 'text' },
        { key: 'confidence', title: 'at', unit: 'fraction' },
        { key: 'var', title: 'VaR', unit: money },
        { key: 'varFraction', title: 'of equity', unit: 'fraction' },
        { key: 'es', title: 'ES', unit: money },
        { key: 'state', title: 'state', unit: 'text' },
      ],
      rows: sqrtTime.map((one) => {
        const { method, confidence, var: value, varFraction, es } = one;
        const state = markedState(one, scaledDoubts(one), marks);
        return { method, confidence, var: value, varFraction, es, state };
      }),
      tones: sqrtTime.map(({ valid }) => (valid ? 'plain' : 'bad')),
    },
  ];
}

/** A replay on paper: what the account came to, who was liquidated, the band, and equity over time. */
import type { Block, Column, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import type { RunResult } from '../replay/run-result.ts';
import type { BandOutcome, ReplayResult } from '../studies/replay-result.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

export function replayPage(report: Report<ReplayResult>, detail: boolean): Page {
  const { result } = report;
  const { unprotected: run } = result;
  return {
    title: titleOf('Replay', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --portfolio or --journal, and --ohlcv'),
      verdictBlock(result),
      accountFields(run),
      ledgerTable(run),
      ...journalBlocks(result),
      activityFields(run),
      ...liquidationTable(run, detail),
      bandTable(result),
      equityLines(run),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ window, journal, terms }: ReplayResult): string {
  const what = journal === null ? 'a held book' : `${journal.used} trades of a journal`;
  const span = `${utcText(window.from)} to ${utcText(window.to)} UTC`;
  const margined = [...new Set(terms.flatMap(({ inForce }) => inForce))].join(', ');
  return `${what}, unprotected, ${span}; margined by ${margined}`;
}

function verdictBlock({ unprotected, dependsOnPath }: ReplayResult): Block {
  const { liquidations, shortfall } = unprotected;
  const count = liquidations.length;
  const first = liquidations[0];
  const when = first === undefined ? '' : `, the first ${first.symbol} on ${utcText(first.time)}`;
  const open = dependsOnPath ? ' This depends on the order of prices inside bars.' : '';
  if (count === 0)
    return { kind: 'text', text: `Nobody is liquidated.${open}`, tone: dependsOnPath ? 'warn' : 'good' };
  const lost =
    Number(shortfall) > 0 ? `, and ${Number(shortfall).toFixed(2)} of loss beyond what the margins held` : '';
  return {
    kind: 'text',
    text: `${count} ${count === 1 ? 'liquidation' : 'liquidations'}${when}${lost}.${open}`,
    tone: 'bad',
  };
}

function accountFields(run: RunResult): Block {
  const change = Number(run.startEquity) === 0 ? null : Number(run.endEquity) / Number(run.startEquity) - 1;
  return {
    kind: 'fields',
    title: 'Account',
    fields: [
      { title: 'equity at start', unit: moneyUnit(run.currency), value: run.startEquity },
      { title: 'equity at end', unit: moneyUnit(run.currency), value: run.endEquity },
      { title: 'change', unit: 'fraction', value: change },
      { title: 'largest drawdown', unit: 'fraction', value: run.maxDrawdown },
      {
        title: 'lowest margin level',
        unit: 'ratio',
        value: run.minMarginLevel,
        note: 'equity / maintenance; the venue acts at 1',
      },
      {
        title: 'lowest margin remaining',
        unit: 'fraction',
        value: run.minMarginRemaining,
        note: 'of the initial margin',
      },
    ],
  };
}

/** The identity of the ledger as a table that adds up from top to bottom. */
function ledgerTable(run: RunResult): Block {
  const rows: [string, string, boolean][] = [
    ['cash at start', run.startCash, true],
    ['realised PnL', run.realisedPnl, true],
    ['funding', run.fundingPnl, true],
    ['fees', negated(run.fees), true],
    ['transfers', run.transfers, run.transfers !== '0'],
    ['revaluation', run.revaluation, run.revaluation !== '0'],
    ['cash at end', run.endCash, true],
    ['unrealised PnL at end', run.endUnrealised, true],
    ['collateral at end', run.endCollateral, run.endCollateral !== '0'],
    ['equity at end', run.endEquity, true],
    ['shortfall of the fund', run.shortfall, run.shortfall !== '0'],
  ];
  return {
    kind: 'table',
    title: 'From cash to equity',
    columns: [
      { key: 'what', title: 'what', unit: 'text' },
      { key: 'amount', title: 'amount', unit: moneyUnit(run.currency) },
    ],
    rows: rows.filter(([, , shown]) => shown).map(([what, amount]) => ({ what, amount })),
  };
}

function negated(amount: string): string {
  if (Number(amount) === 0) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

function journalBlocks({ journal, unprotected }: ReplayResult): Block[] {
  if (journal === null) return [];
  const { trades } = unprotected;
  const blocks: Block[] = [
    {
      kind: 'fields',
      title: 'Trades',
      fields: [
        { title: 'replayed', unit: 'count', value: journal.used, note: `of ${journal.total}` },
        { title: 'prices inside their bars', unit: 'fraction', value: journal.fit.share },
        { title: 'left by their own exit', unit: 'count', value: trades.closed },
        { title: 'of these above 0', unit: 'count', value: trades.wins },
        { title: 'closed by the venue before', unit: 'count', value: trades.gone },
        { title: 'refused', unit: 'count', value: trades.refused },
        { title: 'still open', unit: 'count', value: trades.open },
      ],
    },
  ];
  if (journal.skipped.length > 0) {
    blocks.push({
      kind: 'table',
      title: 'Skipped trades',
      columns: [
        { key: 'reason', title: 'reason', unit: 'text' },
        { key: 'count', title: 'trades', unit: 'count' },
        { key: 'examples', title: 'for example', unit: 'text' },
      ],
      rows: journal.skipped.map(({ reason, count, examples }) => ({
        reason,
        count,
        examples: examples.join('; '),
      })),
    });
  }
  return blocks;
}

function activityFields(run: RunResult): Block {
  const { orders, slippage } = run;
  return {
    kind: 'fields',
    title: 'Orders',
    fields: [
      { title: 'sent', unit: 'count', value: orders.intents },
      { title: 'filled', unit: 'count', value: orders.filled },
      { title: 'filled in parts', unit: 'count', value: orders.partly },
      { title: 'refused', unit: 'count', value: orders.rejected },
      { title: 'slippage expected', unit: moneyUnit(run.currency), value: slippage.expected },
      { title: 'slippage paid', unit: moneyUnit(run.currency), value: slippage.actual },
    ],
  };
}

const liquidationColumns = (run: RunResult): readonly Column[] => [
  { key: 'time', title: 'time', unit: 'time' },
  { key: 'account', title: 'account', unit: 'text' },
  { key: 'symbol', title: 'symbol', unit: 'text' },
  { key: 'qty', title: 'quantity', unit: 'qty' },
  { key: 'mark', title: 'mark', unit: 'price' },
  { key: 'price', title: 'charged', unit: 'price' },
  { key: 'fee', title: 'fee', unit: moneyUnit(run.currency) },
  { key: 'shortfall', title: 'shortfall', unit: moneyUnit(run.currency) },
];

const SHOWN = 10;

function liquidationTable(run: RunResult, detail: boolean): Block[] {
  const { liquidations } = run;
  if (liquidations.length === 0) return [];
  const shown = detail ? liquidations : liquidations.slice(0, SHOWN);
  const rows = shown.map(
    ({ time, account, symbol, qty, mark, price, fee, shortfall }): Row => ({
      time,
      account,
      symbol,
      qty: Number(qty),
      mark,
      price,
      fee,
      shortfall,
    }),
  );
  const more = liquidations.length - shown.length;
  const table: Block = {
    kind: 'table',
    title: 'Liquidations',
    columns: liquidationColumns(run),
    rows,
    main: true,
    yields: ['account', 'shortfall', 'fee', 'qty'],
  };
  return more === 0
    ? [table]
    : [table, { kind: 'text', text: `${more} more; all with --detail`, tone: 'dim' }];
}

function bandTable({ unprotected: run, band, bound }: ReplayResult): Block {
  const main: BandOutcome['unprotected'] = { ...run, liquidations: run.liquidations.length };
  const rows: [string, BandOutcome['unprotected']][] = [
    ['this run', main],
    ['favourable extreme first', band.optimistic.unprotected],
    ['acting at points alone', band.jump.unprotected],
    ...(bound === null
      ? []
      : [['each symbol at its worst (bound)', bound.unprotected] as [string, typeof main]]),
  ];
  return {
    kind: 'table',
    title: 'What the bars leave open',
    columns: [
      { key: 'path', title: 'path', unit: 'text' },
      { key: 'endEquity', title: 'equity at end', unit: moneyUnit(run.currency) },
      { key: 'maxDrawdown', title: 'drawdown', unit: 'fraction' },
      { key: 'minMarginLevel', title: 'margin level', unit: 'ratio' },
      { key: 'liquidations', title: 'liquidations', unit: 'count' },
    ],
    rows: rows.map(([path, { endEquity, maxDrawdown, minMarginLevel, liquidations }]) => ({
      path,
      endEquity,
      maxDrawdown,
      minMarginLevel,
      liquidations,
    })),
  };
}

function equityLines(run: RunResult): Block {
  return {
    kind: 'lines',
    title: 'Equity',
    x: { title: 'time', unit: 'time' },
    y: { title: 'equity', unit: moneyUnit(run.currency) },
    series: [{ name: 'unprotected', style: 'line', points: run.equity.flat() }],
  };
}

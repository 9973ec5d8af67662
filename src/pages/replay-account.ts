/** What the account of a replay came to, with the guards and without. */
import { money, moneyText } from '../model/money.ts';
import type { Block, Column, Row } from '../model/page.ts';
import type { RunResult } from '../replay/run-result.ts';
import type { Ending, ReplayResult } from '../studies/replay-result.ts';
import { moneyUnit } from './money-unit.ts';

/** A run by its name on paper. */
export type Named = { readonly name: string; readonly run: RunResult };

/** The runs of a report: the unprotected one alone where no guard speaks. */
export function runsOf({ protected: guarded, unprotected, guards }: ReplayResult): readonly Named[] {
  const bare = { name: 'without', run: unprotected };
  return guards.length === 0 ? [bare] : [{ name: 'with guards', run: guarded }, bare];
}

/** One row a run: what became of its equity, and how near it came to the venue's liquidation. */
export function accountTable(result: ReplayResult): Block {
  const { currency } = result.unprotected;
  return {
    kind: 'table',
    title: 'Account',
    main: true,
    columns: [
      { key: 'name', title: 'protection', unit: 'text' },
      { key: 'startEquity', title: 'equity at start', unit: moneyUnit(currency) },
      { key: 'endEquity', title: 'at end', unit: moneyUnit(currency) },
      { key: 'change', title: 'change', unit: 'fraction' },
      { key: 'maxDrawdown', title: 'drawdown', unit: 'fraction' },
      { key: 'minMarginLevel', title: 'margin level', unit: 'ratio' },
      { key: 'minMarginRemaining', title: 'margin left', unit: 'fraction' },
      { key: 'liquidations', title: 'liquidations', unit: 'count' },
      { key: 'shortfall', title: 'shortfall', unit: moneyUnit(currency) },
    ],
    rows: runsOf(result).map(({ name, run }) => ({
      name,
      startEquity: run.startEquity,
      endEquity: run.endEquity,
      change: Number(run.startEquity) === 0 ? null : Number(run.endEquity) / Number(run.startEquity) - 1,
      maxDrawdown: run.maxDrawdown,
      minMarginLevel: run.minMarginLevel,
      minMarginRemaining: run.minMarginRemaining,
      liquidations: run.liquidations.length,
      shortfall: run.shortfall,
    })),
    yields: ['shortfall', 'minMarginRemaining', 'startEquity'],
  };
}

/** The identity of the ledgers, one column a run, that adds up from top to bottom. */
export function ledgerTable(result: ReplayResult): Block {
  const runs = runsOf(result);
  const { currency } = result.unprotected;
  const parts: readonly (readonly [string, (run: RunResult) => string, boolean])[] = [
    ['cash at start', (run) => run.startCash, true],
    ['realised PnL', (run) => run.realisedPnl, true],
    ['funding', (run) => run.fundingPnl, true],
    ['fees', (run) => negated(run.fees), true],
    ['transfers', (run) => run.transfers, false],
    ['revaluation', (run) => run.revaluation, false],
    ['lost with the venue', (run) => negated(lostCash(run)), false],
    ['cash at end', (run) => run.endCash, true],
    ['unrealised PnL at end', (run) => run.endUnrealised, true],
    ['collateral at end', (run) => run.endCollateral, false],
    ['equity at end', (run) => run.endEquity, true],
    ['shortfall of the fund', (run) => run.shortfall, false],
  ];
  const shown = parts.filter(([, of, always]) => always || runs.some(({ run }) => of(run) !== '0'));
  return {
    kind: 'table',
    title: 'From cash to equity',
    columns: [
      { key: 'what', title: 'what', unit: 'text' },
      ...runs.map(({ name }): Column => ({ key: name, title: name, unit: moneyUnit(currency) })),
    ],
    rows: shown.map(([what, of]): Row => {
      return { what, ...Object.fromEntries(runs.map(({ name, run }) => [name, of(run)])) };
    }),
  };
}

/** What is no cash has no place between cash at start and cash at end. */
function lostCash({ counterpartyLoss, lostCollateral }: RunResult): string {
  return moneyText(money(counterpartyLoss).minus(lostCollateral));
}

function negated(amount: string): string {
  if (Number(amount) === 0) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

/** Round trips of a journal, one row a run, and why others were not replayed. */
export function journalBlocks(result: ReplayResult): Block[] {
  const { journal } = result;
  if (journal === null) return [];
  const trades: Block = {
    kind: 'table',
    title: `Trades: ${journal.used} of ${journal.total} replayed`,
    columns: [
      { key: 'name', title: 'protection', unit: 'text' },
      { key: 'entered', title: 'entered', unit: 'count' },
      { key: 'closed', title: 'own exit', unit: 'count' },
      { key: 'wins', title: 'above 0', unit: 'count' },
      { key: 'gone', title: 'closed before', unit: 'count' },
      { key: 'denied', title: 'denied by a guard', unit: 'count' },
      { key: 'refused', title: 'refused by the venue', unit: 'count' },
      { key: 'open', title: 'still open', unit: 'count' },
    ],
    rows: runsOf(result).map(({ name, run }) => ({ name, ...run.trades })),
    yields: ['open', 'refused'],
  };
  const fit: Block = {
    kind: 'fields',
    fields: [{ title: 'prices inside their bars', unit: 'fraction', value: journal.fit.share }],
  };
  if (journal.skipped.length === 0) return [trades, fit];
  const skipped: Block = {
    kind: 'table',
    title: 'Skipped trades',
    columns: [
      { key: 'reason', title: 'reason', unit: 'text' },
      { key: 'count', title: 'trades', unit: 'count' },
      { key: 'examples', title: 'for example', unit: 'text' },
    ],
    rows: journal.skipped.map(({ reason, count, examples }) => {
      return { reason, count, examples: examples.join('; ') };
    }),
  };
  return [trades, fit, skipped];
}

/** Orders, one row a run. */
export function ordersTable(result: ReplayResult): Block {
  const { currency } = result.unprotected;
  return {
    kind: 'table',
    title: 'Orders',
    columns: [
      { key: 'name', title: 'protection', unit: 'text' },
      { key: 'intents', title: 'sent', unit: 'count' },
      { key: 'filled', title: 'filled', unit: 'count' },
      { key: 'partly', title: 'in parts', unit: 'count' },
      { key: 'rejected', title: 'refused', unit: 'count' },
      { key: 'resized', title: 'made smaller', unit: 'count' },
      { key: 'denied', title: 'denied', unit: 'count' },
      { key: 'expected', title: 'slippage expected', unit: moneyUnit(currency) },
      { key: 'actual', title: 'paid', unit: moneyUnit(currency) },
    ],
    rows: runsOf(result).map(({ name, run: { orders, slippage } }) => {
      const { intents, filled, partly, rejected, resized, denied } = orders;
      return { name, intents, filled, partly, rejected, resized, denied, ...slippage };
    }),
    yields: ['partly', 'expected'],
  };
}

const SHOWN = 10;

/** Who was liquidated, by the venue's rules. */
export function liquidationTables(result: ReplayResult, detail: boolean): Block[] {
  return runsOf(result).flatMap(({ name, run }): Block[] => {
    const { liquidations } = run;
    if (liquidations.length === 0) return [];
    const shown = detail ? liquidations : liquidations.slice(0, SHOWN);
    const more = liquidations.length - shown.length;
    const table: Block = {
      kind: 'table',
      title: `Liquidations ${name}`,
      columns: [
        { key: 'time', title: 'time', unit: 'time' },
        { key: 'account', title: 'account', unit: 'text' },
        { key: 'symbol', title: 'symbol', unit: 'text' },
        { key: 'qty', title: 'quantity', unit: 'qty' },
        { key: 'mark', title: 'mark', unit: 'price' },
        { key: 'price', title: 'charged', unit: 'price' },
        { key: 'fee', title: 'fee', unit: moneyUnit(run.currency) },
        { key: 'shortfall', title: 'shortfall', unit: moneyUnit(run.currency) },
      ],
      rows: shown.map((one): Row => {
        const { time, account, symbol, qty, mark, price, fee, shortfall } = one;
        return { time, account, symbol, qty: Number(qty), mark, price, fee, shortfall };
      }),
      yields: ['account', 'shortfall', 'fee', 'qty'],
    };
    return more === 0
      ? [table]
      : [table, { kind: 'text', text: `${more} more; all with --detail`, tone: 'dim' }];
  });
}

/** What the bars leave open: the same along other paths, and in other steps. */
export function bandTable(result: ReplayResult): Block {
  const { band, bound, unprotected, protected: guarded, guards } = result;
  const ending = ({ endEquity, maxDrawdown, minMarginLevel, liquidations, shortfall }: RunResult): Ending => {
    return { endEquity, maxDrawdown, minMarginLevel, liquidations: liquidations.length, shortfall };
  };
  const paths = [
    { path: 'this path', guarded: ending(guarded), bare: ending(unprotected) },
    {
      path: 'favourable extreme first',
      guarded: band.optimistic.protected,
      bare: band.optimistic.unprotected,
    },
    { path: 'acting at points alone', guarded: band.jump.protected, bare: band.jump.unprotected },
  ];
  const rows = paths.flatMap(({ path, guarded: own, bare }): Row[] => [
    ...(guards.length === 0 ? [] : [{ path, name: 'with guards', ...own }]),
    { path, name: 'without', ...bare },
  ]);
  const worst =
    bound === null
      ? []
      : [{ path: 'each symbol at its worst (bound)', name: 'without', ...bound.unprotected }];
  return {
    kind: 'table',
    title: 'What the bars leave open',
    columns: [
      { key: 'path', title: 'path', unit: 'text' },
      { key: 'name', title: 'protection', unit: 'text' },
      { key: 'endEquity', title: 'equity at end', unit: moneyUnit(unprotected.currency) },
      { key: 'maxDrawdown', title: 'drawdown', unit: 'fraction' },
      { key: 'minMarginLevel', title: 'margin level', unit: 'ratio' },
      { key: 'liquidations', title: 'liquidations', unit: 'count' },
    ],
    rows: [...rows, ...worst],
    yields: ['minMarginLevel'],
  };
}

/**
 * Two machines, one rule: the funding replay steps from settlement to settlement in closed form, the replay drives the simulated
 * exchange along every bar. A position that is held must pay the same, and be liquidated at the same mark in the same bar.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { command as fundingReplay } from '../src/commands/funding-replay.ts';
import { command as replay } from '../src/commands/replay.ts';
import type { FundingReplayResult } from '../src/studies/funding-replay-result.ts';
import type { ReplayResult } from '../src/studies/replay-result.ts';
import { scratch } from './support/scratch.ts';
import { shellIn } from './support/shell.ts';

const sample = fileURLToPath(new URL('../data/sample', import.meta.url));
const HOUR = 3_600_000;
/** The ledger rounds every payment to eight places, against the account. */
const placesOf = (settlements: number) => settlements * 1e-8;

async function resultsOf(symbol: string, entry: string, qty: string, leverage: number) {
  const cwd = await scratch({
    'book.yaml': `account: { currency: USDT, balance: "100000", venue: binance, marginMode: isolated }
positions:
  - { symbol: ${symbol}, qty: "${qty}", entry: "${entry}", leverage: ${leverage} }
`,
  });
  const data = ['--ohlcv', `${sample}/${symbol}-1h.csv`, '--funding', `${sample}/${symbol}-funding.csv`];
  const tell = async (command: typeof replay, ...argv: string[]) => {
    const { shell, told } = shellIn(cwd);
    await command(shell).parseAsync([...argv, ...data, '--format', 'json', '--quiet'], { from: 'user' });
    return JSON.parse(told.out).result;
  };
  const book: ReplayResult = await tell(replay, '--portfolio', 'book.yaml', '--guards', 'none');
  const held: FundingReplayResult = await tell(
    fundingReplay,
    ...['--direction', qty.startsWith('-') ? 'short' : 'long', '--leverage', String(leverage)],
    ...['--notional', String(Math.abs(Number(qty)) * Number(entry))],
  );
  return { book: book.unprotected, held };
}

describe('a held position pays in closed form what the exchange takes', () => {
  test.each([
    ['BTCUSDT', '49994.8', '0.2', 5],
    ['BTCUSDT', '49994.8', '-0.2', 4],
    ['BTCUSDT', '49994.8', '0.2', 2],
  ] as const)('%s at %s, %s, %dx', async (symbol, entry, qty, leverage) => {
    const { book, held } = await resultsOf(symbol, entry, qty, leverage);
    const [run] = held.runs;
    expect(held.entry).toBe(Number(entry));
    const paid = Number(run?.funding);
    expect(Math.abs(Number(book.fundingPnl) - paid)).toBeLessThan(placesOf(run?.settlements ?? 0));
    const [taken] = book.liquidations;
    if (taken === undefined) expect(run?.liquidation).toBeNull();
    else {
      expect(Math.abs((run?.liquidation?.price ?? 0) / (taken.mark ?? 0) - 1)).toBeLessThan(1e-8);
      expect(taken.time - (run?.liquidation?.time ?? 0)).toBeGreaterThanOrEqual(0);
      expect(taken.time - (run?.liquidation?.time ?? 0)).toBeLessThanOrEqual(HOUR);
    }
  });
});

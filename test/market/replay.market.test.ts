/** The simulated exchange on real files. Goldens: facts of the files themselves, and identities that hold whatever they say. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/commands/replay.ts';
import { money } from '../../src/model/money.ts';
import type { Report } from '../../src/model/report.ts';
import type { ReplayResult } from '../../src/studies/replay-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const market = process.env['RISK_MARKET_DATA'];
const at = (name: string) => join(market ?? '', name);

async function replayOf(book: string | null, ...argv: string[]): Promise<Report<ReplayResult>> {
  const { shell, told } = shellIn(await scratch(book === null ? {} : { 'book.yaml': book }));
  const held = book === null ? [] : ['--portfolio', 'book.yaml'];
  await command(shell).parseAsync([...held, ...argv, '--format', 'json', '--quiet'], { from: 'user' });
  return JSON.parse(told.out);
}

/** One isolated position without spread, impact and fee: what is left is margin and funding. */
function bookOf(symbol: string, qty: number, entry: number, leverage: number): string {
  return `account: { currency: USDT, balance: "100000", venue: binance, marginMode: isolated }
positions: [{ symbol: ${symbol}, qty: "${qty}", entry: "${entry}", leverage: ${leverage} }]`;
}
const bare = ['--half-spread-bps', '0', '--impact', '0', '--liquidation-fee', '0', '--flat-funding', '0'];

function closes({ unprotected }: ReplayResult): boolean {
  return addsUp(unprotected);
}

function addsUp(one: ReplayResult['protected']): boolean {
  const flows = money(one.startCash)
    .plus(one.realisedPnl)
    .plus(one.fundingPnl)
    .minus(one.fees)
    .plus(one.transfers)
    .minus(one.counterpartyLoss);
  const equity = money(one.endCash).plus(one.endUnrealised).plus(one.endCollateral);
  return flows.plus(one.revaluation).equals(one.endCash) && equity.equals(one.endEquity);
}

describe.skipIf(market === undefined)('risk replay on real files', () => {
  it('liquidates a 2x long of March 2020 in the fall of 12 March, below half of its entry', async () => {
    const file = at('crisis/2020-03_binance_perp_BTCUSDT_1h.csv');
    const { result, fidelity } = await replayOf(bookOf('BTCUSDT', 1, 10_356.27, 2), '--ohlcv', file, ...bare);
    const [gone] = result.unprotected.liquidations;
    // By hand, first bracket of 2021-03-18: 5,178.135 + P - 10,356.27 = 0.004 P.
    expect(gone?.mark).toBeCloseTo(5178.135 / 0.996, 8);
    expect(new Date(gone?.time ?? 0).toISOString()).toMatch(/^2020-03-12T23/);
    expect(fidelity).toContain('brackets-nearest');
    expect(closes(result)).toBe(true);
  });

  it('charges a 1 BTC long of the funding file what its rates say, settlement by settlement', async () => {
    const bars = at('crisis/2021-05_binance_perp_BTCUSDT_1h.csv');
    const funding = at('funding/binance_BTCUSDT_8h_2019-09_2025-03.csv');
    const { result } = await replayOf(
      bookOf('BTCUSDT', 1, 63_018.34, 1),
      '--ohlcv',
      bars,
      '--funding',
      funding,
      ...bare,
    );
    const { from, to } = result.window;
    const { readFileSync } = await import('node:fs');
    const opens = new Map(
      readFileSync(bars, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').map(Number))
        .flatMap(([time = 0, open = 0, , , close = 0]) => [
          // Where no bar begins at a stamp, at the end of the data, the last close is the mark.
          ...(time + 3_600_000 === to ? [[to, close] as const] : []),
          [time, open] as const,
        ]),
    );
    const rows = readFileSync(funding, 'utf8').trim().split('\n').slice(1);
    const paid = rows.reduce((sum, line) => {
      const [stamp = 0, rate = 0] = line.split(',').map(Number);
      const time = Math.round(stamp / 60_000) * 60_000;
      return time >= from && time <= to && opens.has(time) ? sum - (opens.get(time) ?? 0) * rate : sum;
    }, 0);
    expect(Number(result.unprotected.fundingPnl)).toBeCloseTo(paid, 4);
    expect(result.unprotected.liquidations).toHaveLength(0);
    expect(closes(result)).toBe(true);
  });

  it('lets a short of SOL in November 2022 pay the -2 % settlements while its price falls', async () => {
    const bars = at('crisis/2022-11_binance_perp_SOLUSDT_15m.csv');
    const funding = at('funding/binance_SOLUSDT_8h-to-2h_2022-10_2023-01.csv');
    const { result, fidelity } = await replayOf(
      bookOf('SOLUSDT', -1000, 29.96, 2),
      '--ohlcv',
      bars,
      '--funding',
      funding,
      ...bare,
    );
    // The file sums to -25.75 % over 9 to 11 November alone, at prices between 13 and 24.
    expect(Number(result.unprotected.fundingPnl)).toBeLessThan(-3500);
    expect(Number(result.unprotected.fundingPnl)).toBeGreaterThan(-6500);
    expect(Number(result.unprotected.endUnrealised)).toBeGreaterThan(14_000);
    expect(fidelity).not.toContain('funding-flat');
    expect(closes(result)).toBe(true);
  });

  it('takes LUNA down to its last tick and ends before the symbol is another coin', async () => {
    const file = at('crisis/2022-05_binance_spot_LUNAUSDT_30m_incl_symbol_reuse.csv');
    const { result, warnings } = await replayOf(bookOf('LUNAUSDT', -100, 81.56, 2), '--ohlcv', file, ...bare);
    expect(result.window.to).toBe(Date.UTC(2022, 4, 13, 1));
    // 100 coins sold at 81.56 and worth 0.00005: all but half a cent.
    expect(Number(result.unprotected.endUnrealised)).toBeCloseTo(100 * (81.56 - 0.00005), 6);
    expect(
      warnings.some(({ text }) => text.includes('longer than --max-gap: the replay ends before it')),
    ).toBe(true);
    const long = await replayOf(bookOf('LUNAUSDT', 100, 81.56, 2), '--ohlcv', file, ...bare);
    expect(long.result.unprotected.liquidations).toHaveLength(1);
  });

  it('carries a BitMEX account through its outage of 13 March 2020', async () => {
    const file = at('crisis/2020-03_bitmex_XBTUSD_1m.csv');
    // 60,000 USD at 8,535.5 with 7.5 XBT behind it, cross: equity meets 0.5 % at 60,000 x 1.005 / (7.5 + 7.0295) = 4,150.2.
    const book = `account: { currency: BTC, balance: "7.5", venue: bitmex, marginMode: cross }
positions: [{ symbol: XBTUSD, qty: "60000", entry: "8535.5", leverage: 3, contract: inverse }]`;
    const open = await replayOf(book, '--ohlcv', file, ...bare);
    const mark = open.result.unprotected.liquidations[0]?.mark ?? 0;
    expect(mark).toBeCloseTo((60_000 * 1.005) / (7.5 + 60_000 / 8535.5), 6);
    const before = new Date(open.result.unprotected.liquidations[0]?.time ?? 0).toISOString();
    expect(before).toMatch(/^2020-03-13T0[12]/);
    const outage =
      'venue.events=[{"kind":"outage","venue":"bitmex","from":"2020-03-13T01:00:00Z","to":"2020-03-13T03:30:00Z"}]';
    const shut = await replayOf(book, '--ohlcv', file, ...bare, '--set', outage);
    const after = shut.result.unprotected.liquidations[0]?.time ?? Number.POSITIVE_INFINITY;
    expect(after).toBeGreaterThanOrEqual(Date.UTC(2020, 2, 13, 3, 30));
    expect(closes(open.result) && closes(shut.result)).toBe(true);
  });

  it('replays the 2,080 trades that have candles, the more liquidated the higher the leverage', async () => {
    const journal = ['--journal', at('journals/freqtrade_1h_2021/backtest-result-2021-06-06_15-51-08.json')];
    const candles = ['--ohlcv', at('journals/freqtrade_1h_2021/candles_1h')];
    const runs = await Promise.all(
      ['5', '20'].map((leverage) => replayOf(null, ...journal, ...candles, '--leverage', leverage)),
    );
    const [five, twenty] = runs.map(({ result }) => result);
    for (const one of [five, twenty]) {
      expect(one?.journal?.total).toBe(3015);
      expect(one?.journal?.skipped).toContainEqual(
        expect.objectContaining({ reason: 'no-bars', count: 935 }),
      );
      expect(
        (one?.journal?.used ?? 0) + (one?.journal?.skipped ?? []).reduce((sum, { count }) => sum + count, 0),
      ).toBe(3015);
      const { trades, orders } = one?.unprotected ?? {};
      expect(trades?.entered).toBe((trades?.closed ?? 0) + (trades?.gone ?? 0) + (trades?.open ?? 0));
      expect(orders?.rejected).toBe(0);
      expect(one === undefined ? false : closes(one)).toBe(true);
    }
    expect(twenty?.unprotected.liquidations.length).toBeGreaterThan(
      3 * (five?.unprotected.liquidations.length ?? 0),
    );
    expect(five?.unprotected.liquidations.length).toBeGreaterThan(50);
  }, 60_000);

  // Symbol, file, funding, first and last day, the open of the first bar.
  const crises = [
    [
      'BTCUSDT',
      '2020-03_binance_perp_BTCUSDT_1h',
      'binance_BTCUSDT_8h_2019-09_2025-03',
      '2020-03-07',
      '2020-03-20',
      9139.77,
    ],
    [
      'BTCUSDT',
      '2021-05_binance_perp_BTCUSDT_1h',
      'binance_BTCUSDT_8h_2019-09_2025-03',
      '2021-05-10',
      '2021-05-26',
      58_292.53,
    ],
    ['LUNAUSDT', '2022-05_binance_spot_LUNAUSDT_1h', null, '2022-05-05', '2022-05-13', 86.18],
    [
      'SOLUSDT',
      '2022-11_binance_perp_SOLUSDT_15m',
      'binance_SOLUSDT_8h-to-2h_2022-10_2023-01',
      '2022-11-05',
      '2022-11-16',
      33.73,
    ],
  ] as const;
  const sides = [1, -1] as const;
  const cases = crises.flatMap((crisis) =>
    sides.flatMap((side) => [3, 20].map((lever) => [...crisis, side, lever] as const)),
  );

  it.each(cases)(
    'carries a book of its whole equity through a crisis under every guard, alone and left out: %s %s',
    async (symbol, file, funding, from, to, entry, side, lever) => {
      const qty = side * Number(((lever * 10_000) / entry).toPrecision(3));
      const book = `account: { currency: USDT, balance: "10000", marginMode: cross, venue: binance }
positions: [{ symbol: ${symbol}, qty: "${qty}", entry: "${entry}", leverage: ${lever} }]`;
      const paid = funding === null ? [] : ['--funding', at(`funding/${funding}.csv`)];
      const window = ['--from', from, '--to', to, '--counterfactual'];
      const { result } = await replayOf(book, '--ohlcv', at(`crisis/${file}.csv`), ...paid, ...window);
      const { protected: guarded, unprotected, guards, timeline } = result;
      expect([addsUp(guarded), addsUp(unprotected)]).toEqual([true, true]);
      for (const { guard, lossAvoided, without, alone } of guards) {
        const kept = money(guarded.endEquity).minus(without?.endEquity ?? 0);
        expect(kept.equals(lossAvoided ?? 0), guard).toBe(true);
        expect(
          money(alone?.endEquity ?? 0)
            .minus(unprotected.endEquity)
            .equals(alone?.gain ?? 0),
          guard,
        ).toBe(true);
      }
      // 10 % and more of an account in a day that halves or doubles its market: somebody must have spoken.
      expect(timeline.total).toBeGreaterThan(0);
      // No guard may let the venue be the one who closes what it was to protect.
      expect(guarded.liquidations).toEqual([]);
      // The emergency stop acts at 20 %; half of it more is what 30 seconds and the costs of a 20x book may take.
      expect(guarded.maxDrawdown).toBeLessThan(0.3);
    },
    120_000,
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/replay.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { money } from '../../src/model/money.ts';
import type { Report } from '../../src/model/report.ts';
import type { ReplayResult } from '../../src/studies/replay-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const bars = ['--ohlcv', join(sample, '*-1h.csv')];
const journal = ['--journal', join(sample, 'journal.csv'), ...bars];
const book = ['--portfolio', join(sample, 'portfolio.yaml'), ...bars, '--to', '2024-03-01'];

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
type ReplayReport = Report<ReplayResult>;
const reportOf = async (...argv: string[]): Promise<ReplayReport> =>
  JSON.parse((await run({}, ...argv, '--format', 'json', '--quiet')).out);

describe('risk replay on the bundled sample', () => {
  test('says in the first line that its prices are synthetic, and who was liquidated', async () => {
    const { out, code } = await run({});
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toContain('on the bundled sample (synthetic)');
    expect(out).toContain('a held book, with 11 guards and without, 2024-01-01 00:00 to');
    expect(out).toMatch(/Nobody is liquidated|liquidation/);
  });

  test('says with how many guards, one of them in the singular', async () => {
    const days = [...book.slice(0, -1), '2024-01-03'];
    expect((await run({}, ...days, '--guards', 'stops')).out).toContain(
      'a held book, with 1 guard and without,',
    );
    expect((await run({}, ...days, '--guards', 'stops,flags')).out).toContain('with 2 guards and without,');
    expect((await run({}, ...days, '--guards', 'none')).out).toContain('a held book, unprotected,');
  });

  test('writes reports that keep their schema to the letter, the same bytes each time', async () => {
    const schema = reportSchemas.get('replay');
    for (const argv of [book, journal]) {
      const report = await reportOf(...argv);
      expect(schema?.parse(report)).toEqual(report);
      expect(await reportOf(...argv)).toEqual(report);
    }
  });

  test('books that add up: cash to cash, and cash to equity, in every ledger', async () => {
    for (const argv of [
      book,
      [...journal, '--leverage', '20'],
      ['--portfolio', join(sample, 'portfolio-two-accounts.yaml'), ...bars],
    ]) {
      const { unprotected: one } = (await reportOf(...argv)).result;
      const flows = money(one.startCash)
        .plus(one.realisedPnl)
        .plus(one.fundingPnl)
        .minus(one.fees)
        .plus(one.transfers)
        .minus(one.counterpartyLoss)
        .plus(one.lostCollateral);
      expect(flows.plus(one.revaluation).toFixed()).toBe(one.endCash);
      expect(money(one.endCash).plus(one.endUnrealised).plus(one.endCollateral).toFixed()).toBe(
        one.endEquity,
      );
      for (const row of one.ledgers) {
        const sum = money(row.start)
          .plus(row.realised)
          .plus(row.funding)
          .minus(row.fees)
          .plus(row.transfers)
          .minus(row.lost);
        expect(sum.toFixed()).toBe(row.end);
      }
    }
  });

  test('keeps 2,000 points of equity, and all of them with --detail', async () => {
    const brief = await reportOf(...journal);
    expect(brief.result.unprotected.equity.length).toBeLessThanOrEqual(2000);
    const whole = await reportOf(...journal, '--detail');
    expect(whole.result.unprotected.equity.length).toBeGreaterThan(20_000);
    const values = (report: ReplayReport) => report.result.unprotected.equity.map(([, value]) => value);
    expect(Math.max(...values(brief))).toBe(Math.max(...values(whole)));
    expect(Math.min(...values(brief))).toBe(Math.min(...values(whole)));
  });

  test('raises the flags of what it rests on, and no others', async () => {
    const plain = await reportOf(...book);
    expect(plain.fidelity).toEqual(
      expect.arrayContaining(['synthetic-data', 'intrabar-time-assumed', 'last-as-mark', 'funding-flat']),
    );
    expect(plain.fidelity).not.toContain('brackets-default');
    const paid = await reportOf(
      ...book,
      '--funding',
      join(sample, '*-funding.csv'),
      '--mark',
      join(sample, '*-1h.csv'),
    );
    expect(paid.fidelity).not.toContain('funding-flat');
    expect(paid.fidelity).not.toContain('last-as-mark');
    const elsewhere = await reportOf(...journal, '--venue', 'ftx');
    expect(elsewhere.fidelity).toContain('brackets-default');
    const before = [
      'timestamp,open,high,low,close,volume',
      ...[0, 1, 2, 3].map((hour) => `2020-03-12T0${hour}:00:00Z,100,101,${99 - hour},100,5`),
    ].join('\n');
    const old = await run(
      {
        'BTCUSDT-1h.csv': before,
        'book.yaml': 'account: { balance: 100 }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100 }]',
      },
      ...['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--format', 'json', '--quiet'],
    );
    expect(JSON.parse(old.out).fidelity).toContain('brackets-nearest');
  });

  test('shows in its band what the order inside bars decides', async () => {
    const text = [
      'timestamp,open,high,low,close,volume',
      '2024-06-01T00:00:00Z,100,130,80,100,5',
      '2024-06-01T01:00:00Z,100,101,99,100,5',
    ];
    const files = {
      'BTCUSDT-1h.csv': text.join('\n'),
      'book.yaml': `account: { balance: 1000 }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 10, marginMode: isolated }
orders:
  - { symbol: BTCUSDT, kind: take-profit, price: 120 }`,
    };
    const { out } = await run(
      files,
      '--portfolio',
      'book.yaml',
      '--ohlcv',
      'BTCUSDT-1h.csv',
      '--format',
      'json',
      '--quiet',
    );
    const { result, fidelity }: ReplayReport = JSON.parse(out);
    expect(result.unprotected.liquidations).toHaveLength(1);
    expect(result.band.optimistic.unprotected.liquidations).toBe(0);
    expect(result.dependsOnPath).toBe(true);
    expect(fidelity).toContain('intrabar-assumed');
    expect(result.band.optimistic.pathHash).not.toBe(result.pathHash);
    expect(result.band.jump.pathHash).toBe(result.pathHash);
  });
});

describe('every flag changes some result', () => {
  const held = ['--leverage', '20'];
  test.each([
    ['--legs', 'jump'],
    ['--intrabar', 'ohlc'],
    ['--from', '2024-03-01'],
    ['--to', '2024-06-01'],
    ['--balance', '50000'],
    ['--leverage', '10'],
    ['--venue', 'ftx'],
    ['--margin-mode', 'cross'],
    ['--taker-fee', '0.001'],
    ['--liquidation-fee', '0.0005'],
    ['--half-spread-bps', '30'],
    ['--impact', '40'],
    ['--flat-funding', '0.0005'],
    ['--set', 'venue.slippage.impactExponent=1'],
    ['--set', 'venue.liquidation=tier-step-down'],
    ['--set', 'data.maxGap=50'],
    [
      '--set',
      'venue.events=[{"kind": "leverage-cap", "venue": "binance", "from": "2024-02-01T00:00:00Z", "cap": 2}]',
    ],
    [
      '--set',
      'venue.events=[{"kind": "halt", "venue": "binance", "from": "2024-02-01T00:00:00Z", "to": "2024-04-01T00:00:00Z"}]',
    ],
    ['--set', 'venue.events=[{"kind": "transfer", "from": "2024-02-01T00:00:00Z", "amount": "-500"}]'],
  ])('%s %s', async (...change) => {
    const base = [...journal, ...(change[0] === '--leverage' ? [] : held)];
    const one = await reportOf(...base);
    const other = await reportOf(...base, ...change);
    expect(other.result.unprotected).not.toEqual(one.result.unprotected);
    expect(other.runId).not.toBe(one.runId);
  });

  test('--notional, --maker-fee and the largest share of a bar, where something rests on them', async () => {
    const text = readFileSync(join(sample, 'journal.csv'), 'utf8').split('\n');
    const unsized = text.slice(0, 60).map((line) => line.split(',').slice(0, 6).join(','));
    const files = { 'j.csv': unsized.join('\n') };
    const of = async (...more: string[]) =>
      JSON.parse(
        (await run(files, '--journal', 'j.csv', ...bars, '--format', 'json', '--quiet', ...more)).out,
      ).result;
    expect((await of('--notional', '0.1')).unprotected.fees).not.toBe((await of()).unprotected.fees);
    const rows = [100, 100, 104, 103, 102, 101].map(
      (price, i) => `2024-06-01T0${i}:00:00Z,${price},${price + 1},${price - 1},${price},5`,
    );
    const orders = {
      'BTCUSDT-1h.csv': ['timestamp,open,high,low,close,volume', ...rows].join('\n'),
      'book.yaml': `account: { balance: 1000 }
positions: [{ symbol: BTCUSDT, qty: 4, entry: 100, leverage: 5 }]
orders: [{ symbol: BTCUSDT, kind: limit, price: 103, qty: -1 }, { symbol: BTCUSDT, kind: take-profit, price: 104 }]`,
    };
    const rest = async (...more: string[]) =>
      JSON.parse(
        (
          await run(
            orders,
            '--portfolio',
            'book.yaml',
            '--ohlcv',
            'BTCUSDT-1h.csv',
            '--format',
            'json',
            '--quiet',
            ...more,
          )
        ).out,
      ).result.unprotected;
    const plain = await rest();
    expect((await rest('--maker-fee', '0.01')).fees).not.toBe(plain.fees);
    const shared = await rest('--set', 'venue.slippage.maxBarShare=0.2');
    expect(shared.orders.partly).toBe(1);
    expect(shared.endCash).not.toBe(plain.endCash);
  });
});

describe('what cannot be replayed is refused', () => {
  const files = {
    'BTCUSDT-1h.csv':
      'timestamp,open,high,low,close,volume\n2024-06-01T00:00:00Z,100,101,99,100,5\n2024-06-01T01:00:00Z,100,101,99,100,5',
    'book.yaml': 'account: { balance: 100 }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100 }]',
    'sol.yaml': 'account: { balance: 100 }\npositions: [{ symbol: SOLUSDT, qty: 1, entry: 100 }]',
    'usde.yaml':
      'account: { collateral: [{ asset: SOL, qty: 1 }] }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100 }]',
    'nowhere.yaml':
      'account: { balance: 100, venue: binanse }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100 }]',
    'coin.yaml':
      'account: { currency: BTC, balance: 1, venue: ftx }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100, contract: inverse }]',
  };
  const ohlcv = ['--ohlcv', 'BTCUSDT-1h.csv'];

  test.each([
    [
      ['--portfolio', 'sol.yaml', ...ohlcv],
      'every position must have prices, SOLUSDT has none among BTCUSDT',
    ],
    [['--portfolio', 'book.yaml', '--journal', 'x.csv', ...ohlcv], 'x.csv'],
    [['--portfolio', 'usde.yaml', ...ohlcv], 'collateral must have a price, SOL has none'],
    [['--portfolio', 'nowhere.yaml', ...ohlcv], 'Did you mean binance?'],
    [['--portfolio', 'coin.yaml', ...ohlcv], 'must have inverse contracts'],
    [
      ['--portfolio', 'book.yaml', ...ohlcv, '--from', '2025-01-01'],
      'must have a time in common within --from and --to',
    ],
    [['--portfolio', 'book.yaml', ...ohlcv, '--from', '2024-02-30'], '2024-02-30'],
    [ohlcv, 'a journal or a portfolio must be given'],
    [
      [
        '--portfolio',
        'book.yaml',
        ...ohlcv,
        '--set',
        'venue.events=[{"kind":"outage","venue":"okx","from":"2024-06-01T00:00:00Z","to":"2024-06-02T00:00:00Z"}]',
      ],
      'must be one of binance',
    ],
    [
      [
        '--portfolio',
        'book.yaml',
        ...ohlcv,
        '--set',
        'venue.events=[{"kind":"outage","venue":"binance","from":"2024-06-01T00:00:00Z","to":"2024-05-02T00:00:00Z"}]',
      ],
      'must be after',
    ],
    [
      [
        '--portfolio',
        'book.yaml',
        ...ohlcv,
        '--set',
        'venue.events=[{"kind":"settle","symbol":"BTCUSTD","from":"2024-06-01T00:00:00Z"}]',
      ],
      'venue.events[0].symbol must be one of BTCUSDT, was "BTCUSTD". Did you mean "BTCUSDT"?',
    ],
    [
      [
        '--portfolio',
        'book.yaml',
        ...ohlcv,
        '--set',
        'venue.events=[{"kind":"adl","venue":"ftx","from":"2024-06-01T00:00:00Z","share":0.5}]',
      ],
      'venue.events[0].venue must be one of binance',
    ],
  ])('%j', async (argv, message) => {
    await expect(run(files, ...argv)).rejects.toThrow(message);
  });

  test('a journal whose prices lie outside of their bars ends the run', async () => {
    const shifted = readFileSync(join(sample, 'journal.csv'), 'utf8')
      .replaceAll(',long,', ',short,')
      .replace(
        /(\d{4})-(\d\d)-(\d\d)T(\d\d)/g,
        (_, y, m, d, h) => `${y}-${m}-${d}T${String((Number(h) + 5) % 24).padStart(2, '0')}`,
      );
    await expect(run({ 'j.csv': shifted }, '--journal', 'j.csv', ...bars)).rejects.toThrow();
  });
});

describe('what a venue does stands in venue.events', () => {
  const rows = [100, 100, 100, 100, 100, 100].map(
    (price, i) => `2024-06-01T0${i}:00:00Z,${price},${price},${price},${price},5`,
  );
  const files = {
    'BTCUSDT-1h.csv': ['timestamp,open,high,low,close,volume', ...rows].join('\n'),
    'book.yaml': `account: { balance: 1000 }
positions: [{ symbol: BTCUSDT, qty: -2, entry: 110, leverage: 5 }]`,
  };
  const told = async (...events: readonly object[]) => {
    const stated = events.map((one) => ({ from: '2024-06-01T02:00:00Z', ...one }));
    const argv = ['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--format', 'json', '--quiet'];
    const set = ['--flat-funding', '0', '--set', `venue.events=${JSON.stringify(stated)}`];
    return JSON.parse((await run(files, ...argv, ...set)).out).result.unprotected;
  };

  test('a settlement at its price, or at the mark, and a share of what wins', async () => {
    // A short of 2 from 110.
    expect(await told({ kind: 'settle', symbol: 'BTCUSDT', price: 120 })).toMatchObject({
      endCash: '980',
      fees: '0',
    });
    expect(await told({ kind: 'settle', venue: 'binance', symbol: 'BTCUSDT' })).toMatchObject({
      endCash: '1020',
    });
    const adl = { kind: 'adl', venue: 'binance', symbol: 'BTCUSDT', side: 'short', share: 0.25 };
    expect(await told(adl)).toMatchObject({ endCash: '1005', endUnrealised: '15', adl: [{ qty: '0.5' }] });
    expect(await told({ ...adl, side: 'long' })).toMatchObject({ endCash: '1000', adl: [] });
    expect(await told({ kind: 'adl', share: 1 })).toMatchObject({ endCash: '1020', adl: [{ qty: '2' }] });
  });

  test('a bankruptcy, and a freeze that keeps money in until it ends', async () => {
    const gone = await told({ kind: 'bankruptcy', venue: 'binance', recovery: 0.1 });
    expect(gone).toMatchObject({ endCash: '102', counterpartyLoss: '918' });
    const out = { kind: 'transfer', from: '2024-06-01T03:00:00Z', amount: '-100' };
    const freeze = (to: string) => ({ kind: 'withdrawals', venue: 'binance', to: `2024-06-01T${to}:00:00Z` });
    expect(await told(freeze('04'), out)).toMatchObject({
      transfers: '0',
      orders: { reasons: [{ reason: 'withdrawals', count: 1 }] },
    });
    expect(await told(freeze('03'), out)).toMatchObject({ transfers: '-100', orders: { reasons: [] } });
  });

  test('the page shows what was lost with the venue', async () => {
    const events = [{ kind: 'bankruptcy', venue: 'binance', recovery: 0.1, from: '2024-06-01T02:00:00Z' }];
    const argv = ['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--flat-funding', '0'];
    const { out } = await run(files, ...argv, '--set', `venue.events=${JSON.stringify(events)}`);
    expect(out).toMatch(/lost with the venue.*-918/);
  });
});

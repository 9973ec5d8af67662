import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/margin.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { Report } from '../../src/model/report.ts';
import type { MarginResult } from '../../src/studies/margin-result.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (...argv: string[]): Promise<Report<MarginResult>> =>
  JSON.parse((await run({}, ...argv, '--format', 'json', '--quiet')).out);
const resultOf = async (...argv: string[]) => (await reportOf(...argv)).result;

const position = [
  '--direction',
  'long',
  '--entry',
  '62000',
  '--qty',
  '10',
  '--leverage',
  '5',
  '--symbol',
  'BTCUSDT',
];

describe('risk margin of a position', () => {
  test('is what the venue asks: the example of the issue, by hand', async () => {
    const one = await resultOf(...position);
    expect(one).toMatchObject({
      notional: '620000',
      bracket: { terms: 'binance/2024-10-24', index: 3, rate: 0.0065, amount: 950, maxLeverage: 75 },
      initialMargin: '124000',
      // 620,000 x 0.65 % - 950.
      maintenanceMargin: '3080',
      availableMargin: '0',
      marginRemaining: 1,
      bankruptcyPrice: 49_600,
    });
    expect(one.liquidationPrice).toBeCloseTo(49_844.221106, 6);
    expect(one.marginLevel).toBeCloseTo(124_000 / 3080, 12);
    expect(one.marginBuffer).toBeCloseTo((124_000 - 3080) / 620_000, 12);
    expect(one.liquidationDistance).toBeCloseTo((62_000 - 49_844.221106) / 62_000, 9);
    // The margin remains at 50 % where half of the 12,400 a coin is lost, and so on.
    expect(one.ladder.map(({ price }) => price)).toEqual([55_800, 53_320, 52_080, 51_460]);
    expect(one.ladder.every(({ reachable }) => reachable)).toBe(true);
    // (124,000 - 3,080) / 62 a settlement = 1,950.3.
    expect(one.fundingSettlements).toBe(1951);
    expect(one.fundingDays).toBeCloseTo(1951 / 3, 12);
  });

  test.each(
    golden.tier_scenarios_2024.filter(
      ({ extra_margin, leverage }) => extra_margin === 0 && leverage !== null,
    ),
  )('agrees with the scenario of $symbol, $qty at $entry, $leverage x', async (one) => {
    const { symbol, side, qty, entry, leverage, lp } = one;
    const direction = side > 0 ? 'long' : 'short';
    const { liquidationPrice } = await resultOf(
      ...['--direction', direction, '--entry', String(entry), '--qty', String(qty)],
      ...['--leverage', String(leverage), '--symbol', `${symbol}USDT`, '--at', '2024-10-24'],
    );
    if (lp === null) expect(liquidationPrice).toBeNull();
    else expect(Math.abs((liquidationPrice ?? 0) / lp - 1)).toBeLessThan(1e-12);
  });

  test('takes the brackets in force at a date: 100 and 90 BTC at 50,000 and 20x in March 2021', async () => {
    for (const [qty, price] of [
      ['100', 48_550.769],
      ['90', 48_532.194],
    ] as const) {
      const argv = ['--entry', '50000', '--qty', qty, '--leverage', '20', '--at', '2021-03-18'];
      const { liquidationPrice, bracket } = await resultOf(...argv);
      expect(liquidationPrice).toBeCloseTo(price, 3);
      expect(bracket?.terms).toBe('binance/2021-03-18');
    }
    const early = await reportOf('--entry', '50000', '--at', '2021-03-17T23:59:59Z');
    expect(early.fidelity).toEqual(['brackets-nearest']);
    expect((await reportOf('--entry', '50000', '--at', '2022-04-16')).result.bracket?.terms).toBe(
      'binance/2022-04-16',
    );
    expect((await reportOf('--entry', '1', '--symbol', 'XYZUSDT')).fidelity).toEqual(['brackets-default']);
  });

  test('is in coin for an inverse contract', async () => {
    const argv = [
      '--direction',
      'short',
      '--entry',
      '50000',
      '--qty',
      '10000',
      '--leverage',
      '10',
      '--symbol',
      'BTCUSD',
    ];
    const one = await resultOf(...argv, '--inverse', '--rate', '-0.001', '--per', '4h');
    expect(one).toMatchObject({ notional: '0.2', initialMargin: '0.02', maintenanceMargin: '0.0008' });
    // 10,000 x (0.004 - 1) / (0.02 - 0.2).
    expect(one.liquidationPrice).toBeCloseTo(9960 / 0.18, 9);
    expect(one.bankruptcyPrice).toBeCloseTo(10_000 / 0.18, 9);
    // (0.02 - 0.0008) / 0.0002 = 96 settlements of 4 h.
    expect([one.fundingSettlements, one.fundingDays]).toEqual([96, 16]);
    // Half of 0.02 coin is lost at 10,000 / (0.2 - 0.01).
    expect(one.ladder[0]?.price).toBeCloseTo(10_000 / 0.19, 9);
  });

  test('of a cross position counts the whole balance', async () => {
    const cross = await resultOf(...position, '--margin-mode', 'cross', '--balance', '300000');
    expect(cross.availableMargin).toBe('176000');
    expect(cross.marginRemaining).toBeCloseTo(300 / 124, 12);
    // 300,000 + 10 (P - 62,000) = maintenance at P: the first bracket of 0.4 % holds below 5,000, the second up to 60,000.
    const price = cross.liquidationPrice ?? 0;
    const kept = 10 * price * 0.005 - 50;
    expect(300_000 + 10 * (price - 62_000)).toBeCloseTo(kept, 6);
    expect(cross.bankruptcyPrice).toBe(32_000);
  });

  test('says which rungs can never be reached, and what the venue would not open', async () => {
    const { result, warnings } = await reportOf('--entry', '62000', '--qty', '1', '--leverage', '100');
    // 1 % of margin and 0.5 % of maintenance: at liquidation half of it remains.
    expect(result.ladder.map(({ reachable }) => reachable)).toEqual([true, false, false, false]);
    expect(warnings.map(({ text }) => text)).toEqual([
      'BTCUSDT: 3 of 4 rungs of the ladder lie beyond liquidation',
    ]);
    const large = await reportOf('--entry', '62000', '--qty', '1000', '--leverage', '100');
    expect(large.warnings[0]?.text).toContain('the venue opens at most 25x in this bracket, was 100x');
    const gone = await reportOf('--entry', '62000', '--leverage', '10', '--mark', '55000');
    expect(gone.warnings.map(({ text }) => text)).toContain(
      'BTCUSDT: the margin level is at or below 1, the venue liquidates now',
    );
  });
});

describe('risk margin of a book', () => {
  const held = ['--portfolio', join(sample, 'portfolio.yaml'), '--ohlcv', join(sample, '*-1h.csv')];

  test('keeps its schema to the letter, says that the sample is synthetic, and gives the same bytes', async () => {
    const report = await reportOf();
    expect(reportSchemas.get('margin')?.parse(report)).toEqual(report);
    expect(report.fidelity).toContain('synthetic-data');
    expect(await reportOf()).toEqual(report);
    expect((await run({})).out.split('\n')[0]).toContain('on the bundled sample (synthetic)');
  });

  test('sums its positions, and shows the scope that is nearest to liquidation', async () => {
    const { positions, ...book } = await resultOf(...held);
    const sum = (key: 'notional' | 'maintenanceMargin') =>
      positions.reduce((all, one) => all + Number(one[key]), 0);
    expect(Number(book.notional)).toBeCloseTo(sum('notional'), 6);
    expect(Number(book.maintenanceMargin)).toBeCloseTo(sum('maintenanceMargin'), 6);
    expect(book.marginLevel).toBe(
      Math.min(...positions.map(({ marginLevel }) => marginLevel ?? Number.POSITIVE_INFINITY)),
    );
    expect(book.liquidationPrice).toBeNull();
  });

  test('gives its margin by four methods, offsets no dearer than the sum, and its levels along the bars', async () => {
    const { byMethod, path } = await resultOf(...held);
    expect(Number(byMethod.position)).toBeGreaterThan(0);
    expect(Number(byMethod.portfolio)).toBeLessThanOrEqual(Number(byMethod.risk));
    // All fall by 60 %: 0.6 x (long BTC + long SOL - short ETH) of notional, by the sums of the positions.
    const { positions } = await resultOf(...held);
    const net = positions.reduce(
      (all, one) => all + Number(one.notional) * (one.direction === 'long' ? 1 : -1),
      0,
    );
    expect(Number(byMethod.scenario)).toBeCloseTo(0.6 * net, 6);
    expect(byMethod.scenarioId).toBe('march-2020');
    expect(path?.stressedMarginLevel).toBeLessThanOrEqual(path?.projectedMarginLevel ?? 0);
  });

  test('without bars has no margin by risk, and says why', async () => {
    const { byMethod, path } = await resultOf('--portfolio', join(sample, 'portfolio.yaml'));
    expect(byMethod).toMatchObject({
      risk: null,
      portfolio: null,
      reason: expect.stringContaining('give --ohlcv'),
    });
    expect(path).toBeNull();
  });
});

describe('every key of the study changes some result', () => {
  const base = [...position, '--rate', '0.0001'];
  test.each([
    ['--direction', 'short'],
    ['--entry', '61000'],
    ['--qty', '11'],
    ['--leverage', '6'],
    ['--symbol', 'ETHUSDT'],
    ['--mark', '60000'],
    ['--at', '2022-05-01'],
    ['--rate', '0.0002'],
    ['--per', '1h'],
    ['--venue', 'ftx'],
    ['--set', 'guards.margin-ladder.rungs[0].bound=0.6'],
    [
      '--set',
      'studies.margin.shocks=[{"id": "one", "moves": [{"asset": "BTC", "move": -0.1}], "default": 0}]',
    ],
    ['--ohlcv', join(sample, 'BTCUSDT-1h.csv')],
  ])('%s %s', async (...change) => {
    const without = base.filter((_, i) => base[i] !== change[0] && base[i - 1] !== change[0]);
    expect(await resultOf(...without, ...change)).not.toEqual(await resultOf(...base));
  });

  test('--confidence by its key, --balance and --margin-mode, --inverse', async () => {
    const bars = ['--ohlcv', join(sample, 'BTCUSDT-1h.csv')];
    const risk = async (...more: string[]) => (await resultOf(...base, ...bars, ...more)).byMethod.risk;
    expect(await risk('--set', 'studies.margin.confidence=0.95')).not.toBe(await risk());
    const cross = [...base, '--margin-mode', 'cross'];
    expect(await resultOf(...cross, '--balance', '200000')).not.toEqual(await resultOf(...cross));
    expect(await resultOf('--entry', '62000', '--symbol', 'BTCUSD', '--inverse')).not.toEqual(
      await resultOf('--entry', '62000'),
    );
  });
});

test.each([
  [['--entry', '0'], '--entry must be above 0, was 0'],
  [['--entry', '100', '--qty', '0'], '--qty must be above 0'],
  [['--entry', '100', '--balance', '5'], 'a balance must go with a cross position'],
  [['--entry', '100', '--mark', '0'], '--mark must be above 0'],
  [['--entry', '100', '--at', '2024-02-30'], 'a moment of the calendar'],
  [['--entry', '100', '--venue', 'binanse'], 'Did you mean binance?'],
  [['--entry', '100', '--venue', 'ftx', '--inverse'], 'must have inverse contracts'],
  [['--entry', '100', '--portfolio', join(sample, 'portfolio.yaml')], 'was both'],
])('refuses %j', async (argv, message) => {
  await expect(run({}, ...argv)).rejects.toThrow(message);
});

/** `risk replay` with guards, as a user meets it: what was saved, what stands still, what each flag changes. */
import { describe, expect, test } from 'vitest';
import { main } from '../src/commands/main.ts';
import { command } from '../src/commands/replay.ts';
import type { Report } from '../src/model/report.ts';
import type { ReplayResult } from '../src/studies/replay-result.ts';
import { scratch } from './support/scratch.ts';
import { shellIn } from './support/shell.ts';

const bars = [
  'timestamp,open,high,low,close,volume',
  '2024-06-01T00:00:00Z,100,100,96,97,100000',
  '2024-06-01T01:00:00Z,97,97,97,97,100000',
];
const files = {
  'BTCUSDT-1h.csv': bars.join('\n'),
  'book.yaml': `account: { balance: 100, marginMode: cross }
positions: [{ symbol: BTCUSDT, qty: 10, entry: 100, leverage: 10 }]`,
};
const costless = [
  ...['--half-spread-bps', '0', '--impact', '0', '--taker-fee', '0', '--flat-funding', '0'],
  ...['--latency', '0'],
];

async function run(...argv: string[]) {
  const { shell, told } = shellIn(await scratch(files));
  const inputs = ['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--quiet'];
  await command(shell).parseAsync([...inputs, ...costless, ...argv], { from: 'user' });
  return told;
}

async function resultOf(...argv: string[]): Promise<ReplayResult> {
  const { result }: Report<ReplayResult> = JSON.parse((await run('--format', 'json', ...argv)).out);
  return result;
}

describe('a book that falls by 4 % at ten times its equity, under the emergency stop alone', () => {
  // S1: 20 % of drawdown is an equity of 80 of 100, at 98; half way down a leg of 20 minutes. Without it 97 at the end: 70.
  test('is closed where its drawdown reaches 20 %', async () => {
    const {
      protected: guarded,
      unprotected,
      guards,
      standingHalts,
    } = await resultOf('--guards', 'emergency-stop');
    expect(Number(guarded.endEquity)).toBeCloseTo(80, 6);
    expect(Number(unprotected.endEquity)).toBe(70);
    expect(guards.map(({ guard }) => guard)).toEqual(['emergency-stop']);
    const [halt, ...others] = standingHalts;
    expect(others).toEqual([]);
    expect(halt).toMatchObject({ guard: 'emergency-stop', rule: 'drawdown', manual: true });
    expect(halt?.since).toBeCloseTo(Date.UTC(2024, 5, 1, 0, 10), -1);
  });

  test('says what that was worth, and that new risk is denied from then on', async () => {
    const { out } = await run('--guards', 'emergency-stop');
    expect(out).toContain('The guards are worth +10.00 USDT on this path.');
    // 110 of 120 minutes.
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'New risk is denied from 2024-06-01 00:10 to the end, 91.67 % of the run: no operator resumes after emergency-stop drawdown.',
    );
    expect(out).toMatch(/emergency-stop {2}drawdown {2}BTCUSDT {2}close 10 /);
    expect(out).toContain('20.00 % / 20.00 %');
  });

  test('an operator who comes after half an hour ends that', async () => {
    const { standingHalts, timeline } = await resultOf(
      ...['--guards', 'emergency-stop', '--operator-delay', '30m'],
    );
    expect(standingHalts).toEqual([]);
    const resumed = timeline.shown.find(({ kind }) => kind === 'resume');
    expect(resumed).toMatchObject({
      rule: 'drawdown',
      measure: 'halt',
      observed: 1_800_000,
      threshold: null,
    });
  });

  test('each halt is resumed after its own delay, and by nobody else', async () => {
    // The week's 8 % are a price of 99.2, after four of the twenty minutes of the leg; 20 % come after ten.
    const { standingHalts, timeline } = await resultOf(
      ...[
        '--guards',
        'emergency-stop,session-limits',
        '--operator-delay',
        '30m',
        '--set',
        'guards.session-limits.dailyLoss=null',
      ],
    );
    const resumed = timeline.shown.filter(({ kind }) => kind === 'resume');
    expect(resumed.map(({ guard, observed }) => [guard, observed])).toEqual([
      ['session-limits', 1_800_000],
      ['emergency-stop', 1_800_000],
    ]);
    expect(resumed.map(({ time }) => Math.round((time - Date.UTC(2024, 5, 1)) / 60_000))).toEqual([34, 40]);
    expect(standingHalts).toEqual([]);
  });

  test('an order that takes five minutes fills a quarter of the leg further down', async () => {
    // 4 in 20 minutes: 97 after five minutes more.
    const { protected: guarded, guards } = await resultOf('--guards', 'emergency-stop', '--latency', '300');
    expect(Number(guarded.endEquity)).toBeCloseTo(70, 6);
    expect(guards[0]?.reactionMs).toBeCloseTo(300_000, 3);
    expect(guards[0]?.lossInReaction).toBeCloseTo(10, 6);
  });
});

describe('--guards', () => {
  test('none: the two runs are one', async () => {
    const { protected: guarded, unprotected, guards, timeline } = await resultOf('--guards', 'none');
    expect(guarded).toEqual(unprotected);
    expect([guards, timeline.total]).toEqual([[], 0]);
  });

  test('names stand in order of precedence, however they are given', async () => {
    const { guards } = await resultOf('--guards', 'flags,stops,margin-ladder');
    expect(guards.map(({ guard }) => guard)).toEqual(['margin-ladder', 'stops', 'flags']);
  });

  test('a name that does not exist ends in usage, with the nearest that does', async () => {
    let err = '';
    const shell = { ...shellIn(await scratch(files)).shell, columns: 100, colour: false, progress: false };
    const code = await main(['replay', '--guards', 'stop'], {
      ...shell,
      err: (text) => {
        err += text;
      },
    });
    expect([code, err]).toEqual([2, expect.stringContaining('stop is no guard; the nearest is stops')]);
  });
});

describe('--counterfactual', () => {
  test('judges each guard alone and left out; without it nothing is made up', async () => {
    const [bare] = (await resultOf('--guards', 'emergency-stop,flags')).guards;
    expect(bare).toMatchObject({ lossAvoided: null, falseTrips: null, alone: null, without: null });
    const { guards } = await resultOf('--guards', 'emergency-stop,flags', '--counterfactual');
    const [stop, flags] = guards;
    expect(Number(stop?.lossAvoided)).toBeCloseTo(10, 6);
    expect(Number(stop?.alone?.gain)).toBeCloseTo(10, 6);
    // It closed at 98 what ends at 97: no false trip.
    expect(stop).toMatchObject({ falseTrips: 0, costOfFalseTrips: 0, without: { endEquity: '70' } });
    expect(flags).toMatchObject({ lossAvoided: '0', alone: { gain: '0' } });
  });
});

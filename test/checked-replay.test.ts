import { describe, expect, test } from 'vitest';
import { command } from '../src/commands/replay.ts';
import { replay } from '../src/studies/replay.ts';
import { ctx, replayInputs, replayTree } from './support/replay-study.ts';
import { scratch } from './support/scratch.ts';
import { shellIn } from './support/shell.ts';
import { faultOf } from './support/small-config.ts';
import { barsOf, bookOf, positionOf } from './support/venue-scene.ts';

const ohlcv = [barsOf(Array.from({ length: 3 }, () => [100, 100, 100, 100] as const))];

/** A long of 0.1 at 100 that stands still. */
function run(leverage: number, ...settings: readonly string[]) {
  const book = bookOf([positionOf({ qty: '0.1', entry: '100', leverage })]);
  return replay.run(replayInputs({ ohlcv, book }), replayTree(...settings), ctx);
}

describe('a replay holds its configuration against what it runs (RULES 3.10)', () => {
  test('11x without a guard is refused, 10x is run, and so is 11x with one', () => {
    expect(faultOf(() => run(11, 'engine.guards=[]')).message).toBe(
      'leverage must be at most 10 where no guard acts, was 11',
    );
    expect(run(10, 'engine.guards=[]').warnings).toEqual([]);
    run(11, 'engine.guards=[stops]');
  });

  test('speculative with a slow engine is refused', () => {
    expect(faultOf(() => run(5, 'mode=speculative', 'engine.latency=31')).message).toContain(
      'engine.latency must be at most 30',
    );
    run(5, 'mode=speculative', 'engine.latency=30');
  });

  test('a stop that is never reached is told', () => {
    const stop = ['guards.stops.type=percent', 'guards.stops.multiplier=10'];
    expect(run(10, ...stop).warnings).toContainEqual(
      expect.stringContaining('never reaches a stop 10 % away'),
    );
    expect(run(9, ...stop).warnings).toEqual([]);
  });
});

test('what says nothing is named on stderr before the run, unless it is to be quiet', async () => {
  const files = {
    'bars.csv': `timestamp,open,high,low,close,volume\n${[0, 1, 2, 3].map((i) => `${1_700_000_000_000 - 800_000 + i * 3_600_000},100,100,100,100,1`).join('\n')}`,
    'book.yaml': `account: { balance: 1000 }
positions: [{ symbol: BTCUSDT, qty: 1, entry: 100, leverage: 5 }]`,
  };
  const told = async (...more: string[]) => {
    const { shell, told: said } = shellIn(await scratch(files));
    const inputs = ['--ohlcv', 'bars.csv', '--portfolio', 'book.yaml', '--set', 'data.symbol=BTCUSDT'];
    await command(shell).parseAsync([...inputs, ...more], { from: 'user' });
    return said;
  };
  expect((await told()).err).toMatch(/^note: switched off: guards\.portfolio-limits\.maxGrossNotional, /);
  expect((await told('--quiet')).err).toBe('');
});

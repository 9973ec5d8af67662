/** ATR(14) over a million bars: columns in, a column out, for us and for two libraries. */
import { ATR as TechnicalAtr } from 'technicalindicators';
import { ATR } from 'trading-signals';
import { atr } from '../../src/math/atr.ts';
import { randomBars } from './random-bars.ts';
import { type Claim, race, ratio, show } from './timing.ts';

export async function benchAtr(): Promise<Claim[]> {
  const { high, low, close } = randomBars(1_000_000, 60_000);
  const plain = { high: [...high], low: [...low], close: [...close] };
  const timings = await race(
    [
      { name: 'atr', run: () => atr({ high, low, close }, 14, 'wilder') },
      { name: 'technicalindicators', run: () => TechnicalAtr.calculate({ ...plain, period: 14 }) },
      { name: 'trading-signals', run: () => signals(high, low, close) },
    ],
    7,
  );
  show(timings);
  return [
    {
      what: 'ATR(14) against technicalindicators',
      value: ratio(timings, 'technicalindicators', 'atr'),
      unit: 'x',
      bound: { atLeast: 10 },
    },
    {
      what: 'ATR(14) against trading-signals',
      value: ratio(timings, 'trading-signals', 'atr'),
      unit: 'x',
      bound: { atLeast: 10 },
    },
  ];
}

function signals(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const indicator = new ATR(14);
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i += 1) {
    out[i] = indicator.update({ high: high[i]!, low: low[i]!, close: close[i]! }, false) ?? Number.NaN;
  }
  return out;
}

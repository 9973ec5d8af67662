/** Who carries the loss of a book: parts in money sum to what is printed, to the last place. */
import { describe, expect, it } from 'vitest';
import { money } from '../../../src/model/money.ts';
import { barsOfReturns, rowOf, someReturns, varOf } from '../../support/var-study.ts';

const names = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'ADAUSDT', 'DOTUSDT', 'LTCUSDT'];
const bars = names.map((name, i) => barsOfReturns(name, someReturns(260, i + 1)));

describe('components', () => {
  it.each(['historical', 'normal'])('of %s sum to varRaw and to the ES without a rest', (method) => {
    for (const size of [1, 3, 7]) {
      const positions = names.map(
        (name, i) => `  - { symbol: ${name}, qty: ${size + i}, entry: 100, leverage: 2 }`,
      );
      const book = `account: { balance: 1000, venue: test, marginMode: cross }\npositions:\n${positions.join('\n')}\n`;
      const { result } = varOf(bars, { book, set: [`studies.var.methods=[${method}]`] });
      const own = result.components.filter((one) => one.method === method && one.confidence === 0.99);
      const { varRaw, es } = rowOf(result, method, 0.99);
      const sum = (key: 'componentVar' | 'componentEs') =>
        own.reduce((all, one) => all.plus(one[key] ?? 'NaN'), money(0)).toFixed();
      expect({ var: sum('componentVar'), es: sum('componentEs') }).toEqual({ var: varRaw, es });
    }
  });
});

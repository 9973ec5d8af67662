import type { Bars } from '../market/bars.ts';

const ROWS_PER_PIECE = 8192;

/**
 * Bars as CSV in pieces of text: `timestamp,open,high,low,close,volume`, time in ms, numbers in the shortest form that
 * reads back as the same double. The symbol stands in the name of the file, as readers of this form expect.
 */
export function* csvOfBars(bars: Bars): Generator<string> {
  yield 'timestamp,open,high,low,close,volume\n';
  const { time, open, high, low, close, volume } = bars;
  for (let from = 0; from < time.length; from += ROWS_PER_PIECE) {
    const to = Math.min(from + ROWS_PER_PIECE, time.length);
    let text = '';
    for (let i = from; i < to; i += 1) {
      text += `${time[i]!},${open[i]!},${high[i]!},${low[i]!},${close[i]!},${volume[i]!}\n`;
    }
    yield text;
  }
}

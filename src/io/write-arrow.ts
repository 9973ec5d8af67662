import type { Bars } from '../market/bars.ts';

/**
 * Bars as an Arrow IPC file: `timestamp` (milliseconds, UTC), `open, high, low, close, volume` (float64), no nulls.
 *
 * Readable as feather by pandas and polars, and by the reader `arrow-ohlcv`.
 */
export async function arrowOfBars(bars: Bars): Promise<Uint8Array> {
  const { float64, tableFromArrays, tableToIPC, TimeUnit, timestamp } = await import('@uwdata/flechette');
  const { time, open, high, low, close, volume } = bars;
  const number = float64();
  const table = tableFromArrays(
    { timestamp: time, open, high, low, close, volume },
    {
      types: {
        timestamp: timestamp(TimeUnit.MILLISECOND, 'UTC'),
        open: number,
        high: number,
        low: number,
        close: number,
        volume: number,
      },
    },
  );
  const bytes = tableToIPC(table, { format: 'file' });
  if (bytes === null) throw new TypeError('an Arrow table in memory must have bytes');
  return bytes;
}

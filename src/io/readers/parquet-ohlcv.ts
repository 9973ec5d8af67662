/** Bars in a Parquet file, columns by name, times in the unit of their column. */
import { parquetNames } from '../parquet-names.ts';
import { parquetTable } from '../parquet-table.ts';
import type { OhlcvReader } from '../reader.ts';
import { readBars } from './binary-cells.ts';
import { haveBars } from './columns.ts';

export const parquetOhlcv: OhlcvReader = {
  role: 'ohlcv',
  name: 'parquet-ohlcv',
  detect: ({ bytes, tail }) => {
    const names = parquetNames(bytes, tail);
    return names !== null && haveBars(names)
      ? 'a Parquet table with columns for time, open, high, low and close'
      : null;
  },
  read: (source, options) => readBars(parquetTable, source, options),
};

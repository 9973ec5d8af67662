/** Trades in a Parquet file, columns by name, times in the unit of their column. */
import { parquetNames } from '../parquet-names.ts';
import { parquetTable } from '../parquet-table.ts';
import type { TicksReader } from '../reader.ts';
import { readTicks } from './binary-cells.ts';
import { haveTicks } from './columns.ts';

export const parquetTrades: TicksReader = {
  role: 'ticks',
  name: 'parquet-trades',
  detect: ({ bytes, tail }) => {
    const names = parquetNames(bytes, tail);
    return names !== null && haveTicks(names)
      ? 'a Parquet table with columns for time, price and quantity'
      : null;
  },
  read: (source, options) => readTicks(parquetTable, source, options),
};

/** Bars in an Arrow IPC file (feather version 2) or stream, columns by name, times in the unit of their column. */
import { schemaNames } from '../arrow-frame.ts';
import { arrowTable } from '../arrow-table.ts';
import type { OhlcvReader } from '../reader.ts';
import { readBars } from './binary-cells.ts';
import { haveBars } from './columns.ts';

export const arrowOhlcv: OhlcvReader = {
  role: 'ohlcv',
  name: 'arrow-ohlcv',
  detect: ({ bytes }) => {
    const names = schemaNames(bytes);
    return names !== null && haveBars(names)
      ? 'an Arrow table (feather) with columns for time, open, high, low and close'
      : null;
  },
  read: (source, options) => readBars(arrowTable, source, options),
};

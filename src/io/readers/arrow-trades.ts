/** Trades in an Arrow IPC file (feather version 2) or stream, columns by name, times in the unit of their column. */
import { schemaNames } from '../arrow-frame.ts';
import { arrowTable } from '../arrow-table.ts';
import type { TicksReader } from '../reader.ts';
import { readTicks } from './binary-cells.ts';
import { haveTicks } from './columns.ts';

export const arrowTrades: TicksReader = {
  role: 'ticks',
  name: 'arrow-trades',
  detect: ({ bytes }) => {
    const names = schemaNames(bytes);
    return names !== null && haveTicks(names)
      ? 'an Arrow table (feather) with columns for time, price and quantity'
      : null;
  },
  read: (source, options) => readTicks(arrowTable, source, options),
};

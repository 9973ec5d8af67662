/** A heat map where there is no room for colour: a table of its values. */
import type { HeatmapBlock, TableBlock } from '../model/page.ts';

export function heatTable({ title, corner, unit, columns, rows }: HeatmapBlock): TableBlock {
  return {
    kind: 'table',
    title,
    columns: [
      { key: 'name', title: corner, unit: 'text' },
      ...columns.map((name, k) => ({ key: `c${k}`, title: name, unit })),
    ],
    rows: rows.map(({ name, values }) => ({
      name,
      ...Object.fromEntries(values.map((value, k) => [`c${k}`, value])),
    })),
  };
}

import { tableFromIPC } from '@uwdata/flechette';
import { expect, test } from 'vitest';
import { arrowOfBars } from '../../src/io/write-arrow.ts';
import { invented } from '../support/invented-bars.ts';

test('writes an Arrow file with UTC millisecond stamps and doubles, bit for bit', async () => {
  const bars = invented(500);
  const bytes = await arrowOfBars(bars);
  expect(Buffer.from(bytes.subarray(0, 6)).toString()).toBe('ARROW1');
  expect(Buffer.from(bytes.subarray(-6)).toString()).toBe('ARROW1');
  const table = tableFromIPC(bytes);
  expect(table.schema.fields.map((field) => field.name)).toEqual([
    'timestamp',
    'open',
    'high',
    'low',
    'close',
    'volume',
  ]);
  expect(table.schema.fields[0]?.type).toMatchObject({ unit: 1, timezone: 'UTC' });
  expect(Float64Array.from(table.getChild('timestamp').toArray())).toEqual(bars.time);
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
    expect(table.getChild(name).toArray()).toEqual(bars[name]);
  }
});

test('no bars make a table without rows', async () => {
  expect(tableFromIPC(await arrowOfBars(invented(0))).numRows).toBe(0);
});

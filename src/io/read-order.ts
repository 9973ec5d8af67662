/** An order file, YAML or JSON, as the order that it states; what cannot be is refused with its line. */
import { basename } from 'node:path';
import { InputError } from '../model/errors.ts';
import type { StatedOrder } from '../model/order.ts';
import type { ReportInput } from '../model/report.ts';
import { hashFile } from './hash-file.ts';
import { openSources } from './open.ts';
import { isSample } from './sample.ts';
import { wholeOf } from './source.ts';
import { textOf } from './utf8-text.ts';

export type OrderRead = { readonly order: StatedOrder; readonly input: ReportInput };

/**
 * Reads an order file.
 *
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, ORDER, USAGE
 */
export async function readOrderFile(name: string, cwd: string): Promise<OrderRead> {
  const [source, ...others] = await openSources([name], cwd);
  if (source === undefined || others.length > 0) {
    throw new InputError({
      code: 'USAGE',
      message: `an order must be one file, was ${others.length + 1} in "${name}"`,
      remedy: 'Name the file itself',
    });
  }
  const { orderOf } = await import('./order-text.ts');
  const order = orderOf(textOf(await wholeOf(source), source.path), source.path);
  const sample = isSample(source.file);
  const input: ReportInput = {
    path: `${sample ? 'sample:' : ''}${basename(source.path)}`,
    role: 'order',
    format: 'order',
    why: 'named as the order',
    sha256: await hashFile(source.file),
    rows: 1,
    rejected: 0,
    from: null,
    to: null,
    symbols: [order.symbol],
  };
  return { order, input };
}

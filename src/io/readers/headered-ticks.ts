/** CSV trades with a header: the layout from its names. */
import { DataError } from '../../model/errors.ts';
import { delimiterOf, fieldsOf } from '../csv/layout.ts';
import { headOf } from '../head.ts';
import type { Source } from '../source.ts';
import { placesOf, ticksColumns } from './columns.ts';
import type { TickLayout } from './csv-ticks.ts';
import { checkNamedOnce } from './named-once.ts';

/** @throws DataError FILE_FORMAT where the first line does not name trades */
export function headeredTicks(source: Source): TickLayout {
  const line = headOf(source).lines[0] ?? '';
  const names = fieldsOf(line);
  const { symbol, ...places } = placesOf(names, ticksColumns);
  if ([places.time, places.price, places.qty].includes(-1)) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: 'a CSV file of trades must name its columns time, price and qty, was without such a header',
      place: { file: source.path, line: 1 },
      remedy: 'Add the header timestamp,price,qty,side',
    });
  }
  checkNamedOnce(names, [symbol, ...Object.values(places)], { file: source.path, line: 1 });
  // Where both are there the flag is the venue's own word.
  const side = places.buyerMaker >= 0 ? -1 : places.side;
  return {
    delimiter: delimiterOf(line),
    skip: 1,
    fields: names.length,
    places: { ...places, side },
    symbolPlace: symbol,
  };
}

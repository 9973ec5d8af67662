import { DataError } from '../../model/errors.ts';
import { plainName } from './columns.ts';

/**
 * Two columns of one name are two markets, or two sources, side by side: which one is meant cannot be told.
 *
 * @param places  the columns that are read, -1 for one that the file does not have
 * @throws DataError FILE_FORMAT where the name of one of them stands twice in the header
 */
export function checkNamedOnce(
  names: readonly string[],
  places: readonly number[],
  place: { readonly file: string; readonly line: number },
): void {
  const plain = names.map(plainName);
  const twice = places.find(
    (at) => at >= 0 && plain.indexOf(plain[at] ?? '') !== plain.lastIndexOf(plain[at] ?? ''),
  );
  if (twice === undefined) return;
  throw new DataError({
    code: 'FILE_FORMAT',
    message: `a header must name a column once, was "${names[twice]}" more than once`,
    place,
    remedy: 'Leave one of them in the file, or give each market a file of its own',
  });
}

/** What the `data` commands take: files as arguments, and those market flags that have a meaning for them. */
import type { Override } from '../io/config.ts';
import { InputError } from '../model/errors.ts';
import type { PathFlag } from './flags.ts';
import { marketFlags } from './market-flags.ts';

/** The market flags that set one of these keys of the section `data`. */
export function dataFlags(...keys: readonly string[]): readonly PathFlag[] {
  return marketFlags.filter(({ path }) => keys.includes(path.replace(/^data\./, '')));
}

/**
 * Files that are given as arguments, as values of `data.ohlcv`.
 *
 * @throws InputError USAGE  where --ohlcv names files as well
 */
export function filesAsOhlcv(files: readonly string[], flag: readonly string[] | undefined): Override[] {
  if (files.length === 0) return [];
  if (flag !== undefined) {
    throw new InputError({
      code: 'USAGE',
      message: 'bars must be named as arguments or by --ohlcv, was both',
      remedy: 'Leave one of them out',
    });
  }
  return [{ path: 'data.ohlcv', value: [...files], origin: { layer: 'flag', text: 'arguments' } }];
}

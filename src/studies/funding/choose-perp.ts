/** Which perpetual of the files is asked about: its rates, and the prices that its marks come from. */
import type { Bars } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import { joinFunding } from '../../market/join-funding.ts';
import { canonicalSymbol } from '../../market/symbol.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { FundedInputs, FundedTree } from './inputs.ts';

export type ChosenPerp = {
  readonly funding: Funding;
  /** Null where the mark is held flat. */
  readonly bars: Bars | null;
  /** Whether these are mark prices, and not the last ones. */
  readonly isMark: boolean;
  /** Other perpetuals that the files hold. */
  readonly others: readonly string[];
};

/**
 * @throws DataError SERIES_SHORT, SYMBOL_UNKNOWN  where no perpetual has both rates and prices
 * @throws InputError USAGE  where the one that is asked for has not, with the nearest that has
 */
export function choosePerp(inputs: FundedInputs, { studies }: FundedTree): ChosenPerp {
  const { perp, flat } = studies.funding;
  const priced = [...inputs.mark, ...inputs.ohlcv].map(({ symbol }) => symbol);
  const rated = [...new Set(inputs.funding.map(({ symbol }) => symbol))];
  const names = rated.filter((symbol) => flat !== null || priced.includes(symbol)).sort();
  const [first, ...more] = names;
  if (first === undefined) throw without(rated, [...new Set(priced)]);
  const asked = perp === null ? first : canonicalSymbol(perp);
  if (!names.includes(asked)) throw unknown(asked, names);
  const funding = joinFunding(inputs.funding.filter(({ symbol }) => symbol === asked));
  const mark = inputs.mark.find(({ symbol }) => symbol === asked);
  const last = inputs.ohlcv.find(({ symbol }) => symbol === asked);
  return {
    funding,
    bars: flat === null ? (mark ?? last ?? null) : null,
    isMark: mark !== undefined,
    others: perp === null ? more : [],
  };
}

function without(rated: readonly string[], priced: readonly string[]): DataError {
  if (rated.length === 0) {
    return new DataError({
      code: 'SERIES_SHORT',
      message: 'a funding study needs the rates of a perpetual, there were none',
      remedy: 'Give --funding FILE',
    });
  }
  if (priced.length === 0) {
    return new DataError({
      code: 'SERIES_SHORT',
      message: `a funding study needs the prices of ${rated.join(', ')}, there were none`,
      remedy: 'Give --ohlcv FILE or --mark FILE, or hold the mark still with --flat 20000',
    });
  }
  return new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `rates and prices must be of one symbol, were of ${rated.join(', ')} and of ${priced.join(', ')}`,
    remedy:
      'Name the symbol of files that do not say theirs with --symbol, or hold the mark still with --flat 20000',
  });
}

function unknown(asked: string, names: readonly string[]): InputError {
  const near = nearestName(asked, names);
  return new InputError({
    code: 'USAGE',
    message: `--perp must name a perpetual with rates and prices (${names.join(', ')}), was ${asked}`,
    remedy: near === null ? `Such is ${names.join(', ')}` : `Did you mean ${near}?`,
  });
}

/** What the reader of a funding study must be told of its data. */
import type { Fidelity } from '../../model/fidelity.ts';
import type { FundedColumns } from './columns.ts';

export function fundedWarnings({ others, funding, aside, time, bars }: FundedColumns): string[] {
  const warnings: string[] = [];
  if (others.length > 0) {
    warnings.push(`${funding.symbol} is judged; --perp takes ${others.join(' or ')}`);
  }
  if (aside > 0) {
    warnings.push(
      `${aside} of ${aside + time.length} settlements have no price, or lie beyond a hole in the prices, and are left aside`,
    );
  }
  if (bars === null)
    warnings.push('the mark is held flat: it brings nothing by assumption, and funding alone can liquidate');
  return warnings;
}

export function fundedFidelity({ bars, isMark }: FundedColumns): Fidelity[] {
  return bars !== null && !isMark ? ['last-as-mark'] : [];
}

/** What a guard saw against its bound, each measure in the unit that it is thought in. */
import { measureUnit } from '../engine/measure-unit.ts';
import { formatCell } from '../report/format.ts';

/** A value of a measure; multiples, like a leverage or a margin level, are plain numbers. */
export function measureText(measure: string, value: number | null): string {
  return formatCell(measureUnit(measure), value);
}

/** `3.02 % / 3.00 %`; what was seen alone where there is no bound. A stop is so many of its units: `2 x 260.2`. */
export function seenText(measure: string, observed: number | null, threshold: number | null): string {
  const seen = measureText(measure, observed);
  if (measure === 'stopUnit') return `${measureText('multiple', threshold)} x ${seen}`;
  return threshold === null ? seen : `${seen} / ${measureText(measure, threshold)}`;
}

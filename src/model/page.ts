/**
 * What a result looks like before it has characters: blocks whose values carry units.
 *
 * Pages make them, `report/` turns them into a terminal table, Markdown, CSV or HTML. A value is always in the house
 * unit (fractions, UTC milliseconds, quote per base); percent signs and dates are made by `report/format.ts` alone.
 */

export type Unit =
  | 'time' // UTC milliseconds
  | 'price' // quote per base
  | 'money' // account currency
  | 'whole' // the same without cents
  | 'qty' // base, signed
  | 'fraction' // printed as percent
  | 'rate' // a small fraction, printed as percent with four places
  | 'ratio' // a plain number
  | 'bps'
  | 'count'
  | 'duration' // milliseconds
  | 'text'
  | 'r'; // multiples of the initial risk, or of an ATR

export type Cell = string | number | null;

/** How a line of text or a row is meant; colour is only ever a second sign beside the words. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'dim';

export type Column = { readonly key: string; readonly title: string; readonly unit: Unit };
export type Row = { readonly [key: string]: Cell };
export type Axis = { readonly title: string; readonly unit: Unit };

export type TextBlock = { readonly kind: 'text'; readonly text: string; readonly tone?: Tone };
export type Field = {
  readonly title: string;
  readonly unit: Unit;
  readonly value: Cell;
  readonly note?: string;
};
export type FieldsBlock = {
  readonly kind: 'fields';
  readonly title?: string;
  readonly fields: readonly Field[];
};

export type TableBlock = {
  readonly kind: 'table';
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The table that CSV carries. */
  readonly main?: boolean;
  /** One tone a row, same length as `rows`. */
  readonly tones?: readonly Tone[];
  /** Keys in the order in which columns are left out where the width does not hold all; the first goes first, a list as one. */
  readonly yields?: readonly (string | readonly string[])[];
};

/** `points` is a flat list x0, y0, x1, y1, ... in house units. */
export type Series = {
  readonly name: string;
  readonly style: 'line' | 'step' | 'points';
  readonly points: readonly number[];
  /** A band around the line: x0, low0, high0, x1, low1, high1, ... */
  readonly band?: readonly number[];
  readonly tone?: Tone;
};
export type Mark = { readonly axis: 'x' | 'y'; readonly at: number; readonly label: string };
export type LinesBlock = {
  readonly kind: 'lines';
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly note?: string;
};

/** A histogram or a bar chart: one bar an entry, `from` and `to` for bins, else `label`. */
export type Bar = {
  readonly label?: string;
  readonly from?: number;
  readonly to?: number;
  readonly value: number;
  readonly tone?: Tone;
};
export type BarsBlock = {
  readonly kind: 'bars';
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly bars: readonly Bar[];
  readonly note?: string;
};

/** What happened when, one lane for each who acted. `tone` says how grave it was; `plain` where nothing had to be done. */
export type TimelineEvent = { readonly time: number; readonly label: string; readonly tone?: Tone };
export type TimelineLane = { readonly name: string; readonly events: readonly TimelineEvent[] };
export type TimelineBlock = {
  readonly kind: 'timeline';
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly TimelineLane[];
  readonly note?: string;
};

/** A value by row and column, one unit for all: colour shows the sign and how large it is beside the largest. */
export type HeatmapBlock = {
  readonly kind: 'heatmap';
  readonly title: string;
  /** What the rows are. */
  readonly corner: string;
  readonly unit: Unit;
  readonly columns: readonly string[];
  /** As many values as there are columns; null where there is none. */
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly note?: string;
};

export type Block =
  | TextBlock
  | FieldsBlock
  | TableBlock
  | LinesBlock
  | BarsBlock
  | TimelineBlock
  | HeatmapBlock;

export type Page = {
  readonly title: string;
  /** One line under the title: what was run on what. */
  readonly subtitle: string;
  /** What makes the run repeatable, in one line: version, run, configuration, seed. */
  readonly provenance?: string;
  readonly blocks: readonly Block[];
};

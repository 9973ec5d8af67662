/** A fields block for a terminal: names, values below each other, notes dim behind them. */
import type { FieldsBlock } from '../model/page.ts';
import { formatCell } from './format.ts';
import type { Pen } from './pen.ts';
import { padded, textWidth, wrapped } from './text-width.ts';

const GAP = 2;

export function fieldsText({ title, fields }: FieldsBlock, pen: Pen): string {
  const longest = Math.max(0, ...fields.map((field) => textWidth(field.title)));
  // Names take half of the width at most, so that a value always has room.
  const indent = Math.min(longest, Math.floor(pen.width / 2) - GAP);
  const rows = fields.flatMap(({ title: name, unit, value, note }) => {
    const names = wrapped(name, indent);
    const values = wrapped(formatCell(unit, value), pen.width - indent - GAP);
    const last = values.at(-1) ?? '';
    // A note that does not fit behind the value stands on lines of its own below it.
    const room = pen.width - indent - GAP - textWidth(last) - GAP;
    const behind = note !== undefined && textWidth(note) <= room;
    const told = behind
      ? [...values.slice(0, -1), `${last}${' '.repeat(GAP)}${pen.chalk.dim(note)}`]
      : values;
    const below =
      note === undefined || behind
        ? []
        : wrapped(note, pen.width - indent - GAP).map((line) => pen.chalk.dim(line));
    const right = [...told, ...below];
    const height = Math.max(names.length, right.length);
    return Array.from({ length: height }, (_, i) =>
      `${padded(names[i] ?? '', indent)}${' '.repeat(GAP)}${right[i] ?? ''}`.trimEnd(),
    );
  });
  const head = title === undefined ? [] : wrapped(title, pen.width).map((line) => pen.chalk.bold(line));
  return [...head, ...rows].join('\n');
}

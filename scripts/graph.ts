/** Prints the house: rooms from the top down with files and lines, the arrows between them, and what breaks a rule. */
import { floors, roomOf } from './house/floors.ts';
import { readHouse, rules } from './house/rules.ts';
import type { Source } from './house/sources.ts';

const house = readHouse();
const rooms = floors.flat().filter((room) => inRoom(room).length > 0);
const broken = rules.flatMap(({ violations }) => violations(house));

console.log(
  [
    'room        files  lines  imports from',
    ...rooms.map(roomLine),
    '',
    `${house.src.length} files, ${linesOf(house.src)} lines; tests: ${house.test.length} files, ${linesOf(house.test)} lines`,
    '',
    ...(broken.length === 0 ? ['no rule is broken'] : [`${broken.length} broken rules:`, ...broken]),
  ].join('\n'),
);

function roomLine(room: string): string {
  const files = inRoom(room);
  const targets = files.flatMap(({ imports }) =>
    imports.flatMap(({ path }) => (path === null ? [] : roomOf(path))),
  );
  const arrows = rooms
    .filter((other) => other !== room && targets.includes(other))
    .map((other) => `${other} ${targets.filter((target) => target === other).length}`);
  const size = `${String(files.length).padStart(5)}  ${String(linesOf(files)).padStart(5)}`;
  return `${room.padEnd(10)}  ${size}  ${arrows.join(', ')}`.trimEnd();
}

function inRoom(room: string): readonly Source[] {
  return house.src.filter(({ path }) => roomOf(path) === room);
}

function linesOf(sources: readonly Source[]): number {
  return sources.reduce((sum, { lines }) => sum + lines, 0);
}

/** Who may import whom: the floors of the house, cycles, and files that nobody reaches. */
import type { Source, Violation } from './sources.ts';

/** From the top down; rooms of one floor never import each other. */
export const floors: readonly (readonly string[])[] = [
  ['launch', 'cli', 'worker', 'index', 'danfo'],
  ['run-bundle'],
  ['commands'],
  ['pages'],
  ['studies', 'io', 'report'],
  ['replay', 'live'],
  ['venue', 'engine'],
  ['risk', 'market'],
  ['math'],
  ['model'],
];

const entries = ['src/launch.ts', 'src/cli.ts', 'src/worker.ts', 'src/index.ts', 'src/danfo.ts'];

/** `math` of `src/math/atr.ts`; an entry is a room of its own: `cli` of `src/cli.ts`. */
export function roomOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

/** Imports go down only, and within a room. */
export function floorViolations(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => [...strangeRoom(source), ...source.imports.flatMap(upward(source))]);
}

function strangeRoom({ path }: Source): Violation[] {
  if (floorOf(roomOf(path)) >= 0) return [];
  return [`${path}:1: the room ${roomOf(path)} is not in the plan, move the file to a room of DESIGN 2`];
}

function upward(source: Source) {
  return ({ path, line }: Source['imports'][number]): Violation[] => {
    if (path === null) return [];
    const where = `${source.path}:${line}: `;
    if (!path.startsWith('src/'))
      return [`${where}an import from outside src is banned, move ${path} into src`];
    const [from, to] = [roomOf(source.path), roomOf(path)];
    if (from === to || floorOf(from) < floorOf(to)) return [];
    return [
      `${where}an import from ${from} to ${to} is banned, move what both need to a floor below ${from}`,
    ];
  };
}

function floorOf(room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room));
}

/** Every cycle of imports between files, told once, at its first file in the order of names. */
export function cycleViolations(sources: readonly Source[]): Violation[] {
  return stronglyConnected(sources)
    .filter((group) => group.length > 1 || importsItself(group[0]))
    .map((group) => {
      const paths = group.map(({ path }) => path).sort();
      return `${paths[0]}:1: a cycle of imports is banned, move what these share to a file of its own: ${paths.join(', ')}`;
    });
}

function importsItself(source: Source | undefined): boolean {
  return source?.imports.some(({ path }) => path === source.path) ?? false;
}

/** Source  Tarjan 1972, Depth-first search and linear graph algorithms */
function stronglyConnected(sources: readonly Source[]): Source[][] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const order = new Map<Source, number>();
  const stack: Source[] = [];
  const groups: Source[][] = [];
  const visit = (source: Source): number => {
    const own = order.size;
    let lowest = own;
    order.set(source, own);
    stack.push(source);
    for (const { path } of source.imports) {
      const next = byPath.get(path ?? '');
      if (next === undefined) continue;
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next) ?? own);
    }
    if (lowest === own) groups.push(stack.splice(stack.indexOf(source)));
    return lowest;
  };
  for (const source of sources) if (!order.has(source)) visit(source);
  return groups;
}

/** Files of src that no entry reaches. Declarations of untyped packages are read by the compiler alone. */
export function deadViolations(sources: readonly Source[]): Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = byPath.get(path);
    if (source === undefined || reached.has(path)) continue;
    reached.add(path);
    open.push(...source.imports.flatMap((one) => one.path ?? []));
  }
  return sources
    .filter(({ path }) => !reached.has(path) && !path.endsWith('.d.ts'))
    .map(({ path }) => `${path}:1: a file that no entry reaches is banned, import it or delete it`);
}

/** The rules of the house, each by its name, over all files of the repository. */
import { moduleViolations, nameViolations } from './banned-names.ts';
import { cycleViolations, deadViolations, floorViolations } from './floors.ts';
import { leftoverViolations, nonNullViolations, pathViolations, sizeViolations } from './form.ts';
import { mirrorViolations } from './mirror.ts';
import { readSources, type Source, type Violation } from './sources.ts';

export type House = {
  readonly src: readonly Source[];
  readonly scripts: readonly Source[];
  readonly test: readonly Source[];
};

export function readHouse(): House {
  return { src: readSources('src'), scripts: readSources('scripts'), test: readSources('test') };
}

export const rules: readonly { readonly name: string; readonly violations: (house: House) => Violation[] }[] =
  [
    { name: 'imports go down only', violations: ({ src }) => floorViolations(src) },
    {
      name: 'imports have no cycle',
      violations: ({ src, scripts, test }) => cycleViolations([...src, ...scripts, ...test]),
    },
    { name: 'an entry reaches every file', violations: ({ src }) => deadViolations(src) },
    {
      name: 'time, chance, locale and process arrive as arguments',
      violations: ({ src }) => src.flatMap(nameViolations),
    },
    { name: 'files and money have one door', violations: ({ src }) => src.flatMap(moduleViolations) },
    {
      name: 'files and functions are small',
      violations: ({ src, scripts }) => [...src, ...scripts].flatMap(sizeViolations),
    },
    {
      name: '! stands behind an index',
      violations: ({ src, scripts }) => [...src, ...scripts].flatMap(nonNullViolations),
    },
    {
      name: 'nothing is left over',
      violations: ({ src, scripts, test }) => [...src, ...scripts, ...test].flatMap(leftoverViolations),
    },
    {
      name: 'names say what is inside',
      violations: ({ src, scripts, test }) => [...src, ...scripts, ...test].flatMap(pathViolations),
    },
    {
      name: 'tests stand where their subject stands',
      violations: ({ src, scripts, test }) => mirrorViolations(test, [...src, ...scripts]),
    },
  ];

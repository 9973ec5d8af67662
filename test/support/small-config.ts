import { z } from 'zod';
import { configOf, type Override, readSetting } from '../../src/io/config.ts';
import { InputError, type Place } from '../../src/model/errors.ts';

/** A small tree of its own, so that the rules of layers do not hang on the product's defaults. */
export const tree = z.strictObject({
  env: z.enum(['staging', 'production']),
  mode: z.enum(['moderate', 'paper']),
  limits: z.strictObject({
    'max-leverage': z.number().positive().nullable(),
    loss: z.number().min(0).lt(1).describe('The daily loss that halts'),
    method: z.enum(['wilder', 'sma']),
  }),
  files: z.array(z.string()),
  grid: z.union([z.array(z.number().positive()).min(1), z.string().regex(/^\d+:\d+$/)]),
});

export const profiles: Readonly<Record<string, string>> = {
  base: `
env: { value: staging, source: built in }
mode: { value: moderate, source: built in }
limits:
  max-leverage: { value: 10, source: S2 layer 1, hard: true }
  loss:
    value: 0.05
    source: S4
    losers: [{ value: 0.02, source: S2 }]
  method: { value: wilder, source: S2 }
files: { value: [], source: none named }
grid: { derived: [limits.loss], source: the limit itself }
`,
  'env-staging': '# nothing\n',
  'env-production': 'limits: { loss: { value: 0.04, source: S0 production } }\n',
  'mode-moderate': '',
  'mode-paper': 'limits: { loss: { value: 0.03, source: paper } }\n',
};

type Layers = { file?: string; flags?: readonly Override[]; sets?: readonly string[] };

export const flag = (name: string, path: string, value: unknown): Override => ({
  path,
  value,
  origin: { layer: 'flag', text: `flag ${name}` },
});

export function load(
  { file, flags = [], sets = [] }: Layers,
  texts: Readonly<Record<string, string>> = profiles,
) {
  return configOf(tree, {
    profile: (name) => texts[name] ?? '',
    file: file === undefined ? null : { name: 'risk.yaml', text: file },
    overrides: [...flags, ...sets.map(readSetting)],
  });
}

export const leafOf = (config: ReturnType<typeof load>, path: string) => {
  const leaf = config.leaves.find((one) => one.path === path);
  if (leaf === undefined) throw new Error(`no leaf ${path}`);
  return leaf;
};

type Told = { code: string; message: string; place: Place | undefined; remedy: string | undefined };

export function faultOf(run: () => unknown): Told {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, place, remedy } = error.fault;
    return { code, message, place, remedy };
  }
  throw new Error('nothing was thrown');
}

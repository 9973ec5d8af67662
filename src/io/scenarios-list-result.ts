/** The bundled scenarios in a list. */
import { z } from 'zod';
import type { Scenario } from '../model/scenario.ts';
import { assetsOf } from './scenario-files.ts';

export const scenariosListResult = z.strictObject({
  scenarios: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      kind: z.enum(['historical', 'hypothetical', 'control']),
      origin: z.enum(['recorded', 'reconstructed', 'synthetic']),
      from: z.number(),
      to: z.number(),
      assets: z.array(z.string()).describe('With prices or a link of their own'),
    }),
  ),
});

export type ScenariosListResult = z.infer<typeof scenariosListResult>;

const kinds = ['historical', 'hypothetical', 'control'] as const;

/** Crises first, then hypothetical worlds, then controls; by their ids. */
export function listedScenarios(scenarios: readonly Scenario[]): ScenariosListResult {
  const ordered = scenarios.toSorted(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
  return {
    scenarios: ordered.map((one) => {
      const { id, title, kind, origin, start, end } = one;
      return { id, title, kind, origin, from: start, to: end, assets: assetsOf(one) };
    }),
  };
}

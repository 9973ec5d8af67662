/** What `risk scenarios validate` finds, as its report carries it. */
import { basename } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../model/errors.ts';
import type { Scenario } from '../model/scenario.ts';
import { assetsOf } from './scenario-files.ts';

const time = z.number();

export const scenariosValidateResult = z.strictObject({
  scenarios: z
    .array(
      z.strictObject({
        file: z.string().describe('Base name'),
        id: z.string(),
        title: z.string(),
        kind: z.enum(['historical', 'hypothetical', 'control']),
        origin: z.enum(['recorded', 'reconstructed', 'synthetic']),
        assets: z.array(z.string()).describe('Those with prices of their own or a link, ascending'),
        from: time.describe('UTC ms: start of the window'),
        to: time.describe('UTC ms: its end'),
        interval: z.number().describe('ms'),
      }),
    )
    .describe('Files that state a scenario'),
  refused: z
    .array(
      z.strictObject({
        file: z.string().describe('Base name'),
        code: z.string(),
        line: z.number().int().nullable().describe('1-based; null where the file cannot be read'),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    )
    .describe('Files that do not'),
});

export type ScenariosValidateResult = z.output<typeof scenariosValidateResult>;

export function validScenario(
  file: string,
  scenario: Scenario,
): ScenariosValidateResult['scenarios'][number] {
  const { id, title, kind, origin, start, end, interval } = scenario;
  const assets = assetsOf(scenario);
  return { file: basename(file), id, title, kind, origin, assets, from: start, to: end, interval };
}

export function refusedScenario(file: string, fault: Fault): ScenariosValidateResult['refused'][number] {
  const { code, message, place, remedy } = fault;
  return { file: basename(file), code, line: place?.line ?? null, message, remedy: remedy ?? null };
}

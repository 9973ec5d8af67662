import type { Report } from '../../src/model/report.ts';

/** A report of an invented command with this result. */
export function inventedReport(result: unknown): Report<unknown> {
  return {
    schema: 'risk-report/1',
    command: 'invented',
    version: '0.0.0',
    runId: 'x',
    seed: 1,
    config: {},
    configHash: 'x',
    inputs: [],
    fidelity: [],
    warnings: [],
    result,
  };
}

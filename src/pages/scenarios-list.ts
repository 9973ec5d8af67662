/** The bundled scenarios on paper. */
import type { ScenariosListResult } from '../io/scenarios-list-result.ts';
import type { Page } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { provenanceLine } from './provenance.ts';

export function scenariosListPage(report: Report<ScenariosListResult>): Page {
  const { scenarios } = report.result;
  return {
    title: 'Scenarios',
    subtitle: `${scenarios.length} bundled: risk stress --scenario ID, or --all`,
    provenance: provenanceLine(report),
    blocks: [
      {
        kind: 'table',
        main: true,
        columns: [
          { key: 'id', title: 'id', unit: 'text' },
          { key: 'kind', title: 'kind', unit: 'text' },
          { key: 'title', title: 'what happens', unit: 'text' },
          { key: 'from', title: 'from', unit: 'time' },
          { key: 'to', title: 'to', unit: 'time' },
          { key: 'origin', title: 'prices', unit: 'text' },
        ],
        rows: scenarios.map(({ assets: _, ...row }) => row),
        yields: ['origin', 'to', 'from'],
      },
    ],
  };
}

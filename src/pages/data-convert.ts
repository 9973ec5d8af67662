/** What was written, and from what. */

import type { DataConvertResult } from '../io/data-convert-result.ts';
import { intervalText, MONTH } from '../market/gate/interval.ts';
import type { Page } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { provenanceBlocks, sampleBlocks, titleOf } from './provenance.ts';

export function dataConvertPage(report: Report<DataConvertResult>): Page {
  const { written } = report.result;
  return {
    title: titleOf('Converted bars', report),
    subtitle: written.length === 1 ? 'One file was written' : `${written.length} files were written`,
    blocks: [
      ...sampleBlocks(report, ''),
      {
        kind: 'table',
        title: 'Written',
        main: true,
        columns: [
          { key: 'file', title: 'file', unit: 'text' },
          { key: 'format', title: 'format', unit: 'text' },
          { key: 'symbol', title: 'symbol', unit: 'text' },
          { key: 'interval', title: 'interval', unit: 'text' },
          { key: 'bars', title: 'bars', unit: 'count' },
          { key: 'from', title: 'from', unit: 'time' },
          { key: 'to', title: 'to', unit: 'time' },
        ],
        yields: ['format', 'from', 'to'],
        rows: written.map((row) => ({
          ...row,
          interval: intervalText(row.interval, row.interval === MONTH),
        })),
      },
      ...provenanceBlocks(report),
    ],
  };
}

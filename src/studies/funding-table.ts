/**
 * `funding table`: how long funding alone takes to liquidate a position at a flat mark, by leverage; and the table that S2 prints
 * beside it, with the reason why no rate gives its days.
 */
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { parseDuration } from '../model/time.ts';
import { auditDocumentRow, documentTable, drainsThatFit } from '../risk/funding/document-table.ts';
import { fundingTable as rowsOf } from '../risk/funding/funding-table.ts';
import { directionsOf, type FundingConfig } from './funding-config.ts';
import type { FundingTableResult, FundingTableRow } from './funding-table-result.ts';

export type FundingTableTree = { readonly studies: { readonly funding: FundingConfig } };

export const fundingTable: Study<null, FundingTableTree, FundingTableResult> = {
  name: 'funding table',
  needs: [],
  configPaths: ['studies.funding.direction', 'studies.funding.inverse', 'studies.funding.table'],
  run,
};

function run(_inputs: null, { studies }: FundingTableTree, _ctx: StudyContext): Outcome<FundingTableResult> {
  const { direction, inverse, table } = studies.funding;
  const { leverages, rate, mmr, weeks } = table;
  const interval = parseDuration(table.per) ?? 0;
  const entry = Number(table.entry);
  const contract = inverse ? 'inverse' : 'linear';
  const rows = directionsOf(direction).flatMap((one) => {
    const side = one === 'long' ? 1 : -1;
    const terms = { rate: side * rate + 0, interval, mmr, contract, side, entry, weeks } as const;
    return rowsOf(leverages, terms).map((row): FundingTableRow => {
      return {
        direction: one,
        ...row,
        reason: reasonOf(row.settlements),
        liquidationPriceByWeek: [...row.liquidationPriceByWeek],
      };
    });
  });
  const result: FundingTableResult = {
    rate,
    per: interval,
    mmr,
    contract,
    entry,
    rows,
    document: documentOf(mmr),
  };
  return { result, fidelity: [], warnings: [] };
}

function reasonOf(settlements: number | null): string | null {
  if (settlements === null) return 'does not pay at this rate: funding never ends it';
  return settlements === 0 ? 'is at maintenance when opened' : null;
}

function documentOf(mmr: number): FundingTableResult['document'] {
  const fits = drainsThatFit(documentTable, mmr);
  return {
    rows: documentTable.map((row) => ({ ...row, ...auditDocumentRow(row) })),
    fits,
    reason: [
      'No single rate gives these days: 2x needs 0.2 % of notional a day, the others 0.5 %.',
      'What a position pays does not grow with its leverage: the drain is 0.1 % x leverage, of margin and not of the position, where 0.1 % is charged once a day; three settlements a day make it three times as much.',
      '250 and 40 days are distance / drain, a share of notional over one of margin, too few by a factor of the leverage; the others are 200 / leverage, which their own columns do not give.',
    ].join(' '),
  };
}

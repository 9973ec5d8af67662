/** What the funding breaker would have done to a replayed position, on paper. */
import type { Block, Row } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { FundingReplayResult } from '../studies/funding-replay-result.ts';
import { nameOf, sideColumns, wayOf } from './funding-sides.ts';
import { moneyUnit } from './money-unit.ts';

/** @param most  acts that are told */
export function breakerBlocks(result: FundingReplayResult, most: number): Block[] {
  const { runs, asset } = result;
  const held = runs.flatMap(({ breaker, ...run }) => (breaker === null ? [] : [{ run, breaker }]));
  const [first] = held;
  if (first === undefined)
    return [{ kind: 'text', text: 'The funding breaker is off (guards.funding-breaker.maxRate8h).' }];
  const { threshold, periods, action } = first.breaker;
  const unit = moneyUnit(asset);
  const rule = `${action} after ${periods} in a row above ${formatCell('rate', threshold)} per 8 h`;
  const table: Block = {
    kind: 'table',
    title: `What the funding breaker would have done (${rule}), ${asset}`,
    columns: [
      ...sideColumns,
      { key: 'triggers', title: 'acts', unit: 'count' },
      { key: 'settlementsAway', title: 'away', unit: 'count' },
      { key: 'fundingSaved', title: 'funding saved', unit },
      { key: 'markPnlMissed', title: 'mark missed', unit },
      { key: 'exitCost', title: 'leaving', unit },
      { key: 'reentryCost', title: 'coming back', unit },
      { key: 'net', title: 'net', unit },
    ],
    yields: ['way', 'settlementsAway'],
    rows: held.map(({ run, breaker }): Row => {
      const { acts: _, awayAtLiquidation: __, ...rest } = breaker;
      return { direction: run.direction, way: wayOf(run), ...rest };
    }),
  };
  const signs: Block = {
    kind: 'text',
    tone: 'dim',
    text: 'net = funding saved - mark missed - leaving - coming back; a mark missed below 0 is a loss that was avoided.',
  };
  const isLevered = held.some(({ run }) => run.sizing === 'constant-leverage');
  const base: Block = {
    kind: 'text',
    tone: 'dim',
    text: 'At constant leverage the breaker is judged on a notional that stays that of the entry, so that its sums mean something.',
  };
  return [table, signs, ...(isLevered ? [base] : []), ...awayBlocks(result), ...actTable(result, most)];
}

/** Where the breaker had left before the account was liquidated. */
function awayBlocks({ runs }: FundingReplayResult): Block[] {
  return runs.flatMap((run): Block[] => {
    const away = run.breaker?.awayAtLiquidation ?? null;
    if (away === null) return [];
    const text = away
      ? `${nameOf(run)}: the breaker had left before the liquidation.`
      : `${nameOf(run)}: the breaker held the position when it was liquidated.`;
    return [{ kind: 'text', tone: away ? 'good' : 'warn', text }];
  });
}

function actTable({ runs }: FundingReplayResult, most: number): Block[] {
  const acts = runs.flatMap((run) =>
    (run.breaker?.acts ?? []).map((act): Row => ({ direction: run.direction, way: wayOf(run), ...act })),
  );
  if (acts.length === 0) return [];
  const more = acts.length > most ? ` (${acts.length - most} more with --detail)` : '';
  return [
    {
      kind: 'table',
      title: `When it left and came back${more}; a dash: away to the end`,
      columns: [
        ...sideColumns,
        { key: 'left', title: 'left', unit: 'time' },
        { key: 'back', title: 'back', unit: 'time' },
      ],
      rows: acts.slice(0, most),
    },
  ];
}

/** What stands in no table of a scenario: what the venue took, what no number holds, what documents say, and who says so. */
import type { Block } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { ScenarioResult, StressRun } from '../studies/stress-result.ts';
import { moneyUnit } from './money-unit.ts';

/** @param withSources  whether there is room for them */
export function remarkBlocks(one: ScenarioResult, withSources: boolean): Block[] {
  const { notApplied, notModelled, claims, sources } = one;
  return [
    ...venueBlocks(one),
    ...remark('left aside', notApplied, 'warn'),
    ...remark('not-modelled', notModelled, 'warn'),
    ...claims.map(
      ({ says, by, data }): Block => ({ kind: 'text', text: `${by} says "${says}"; the data: ${data}` }),
    ),
    ...remark('sources', withSources ? sources.map(({ text, date }) => `${text} (${date})`) : [], 'dim'),
  ];
}

/** Winning positions that the venue closed, and debts that it bears. */
function venueBlocks({ protected: guarded, unprotected }: ScenarioResult): Block[] {
  const runs = [
    { name: 'without', run: unprotected },
    { name: 'with guards', run: guarded },
  ];
  return runs.flatMap(({ name, run }) => [
    ...remark(`${name}, ADL`, run.adl.map(takenText), 'warn'),
    ...(Number(run.shortfall) > 0
      ? remark(`${name}, shortfall that the venue bears`, [amountText(run, run.shortfall)], 'warn')
      : []),
  ]);
}

function takenText({ symbol, qty, price }: StressRun['adl'][number]): string {
  return `${formatCell('qty', qty)} ${symbol} closed at ${formatCell('price', price)}`;
}

function amountText({ currency }: StressRun, amount: string): string {
  return `${formatCell(moneyUnit(currency), amount)} ${currency}`;
}

function remark(name: string, parts: readonly string[], tone: 'warn' | 'dim'): Block[] {
  if (parts.length === 0) return [];
  const text = `${name}: ${parts.map((part) => part.replace(/\.$/, '')).join('; ')}`;
  return [{ kind: 'text', tone, text }];
}

/** What the venue has to do with a loss: the cost of leaving, and the probability that it liquidates first. */
import { intervalText } from '../market/gate/interval.ts';
import type { Block, Row } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { VarResult } from '../studies/var-result.ts';
import { moneyUnit } from './money-unit.ts';

export function liquidityBlock({ portfolio, liquidity }: VarResult): Block {
  const { currency } = portfolio;
  const money = moneyUnit(currency);
  return {
    kind: 'table',
    title: `Leaving the whole book at once costs ${formatCell(money, liquidity.exitCost)} ${currency}`,
    columns: [
      { key: 'symbol', title: 'position', unit: 'text' },
      { key: 'halfSpread', title: 'half spread', unit: money },
      { key: 'impact', title: 'impact', unit: money },
      { key: 'fee', title: 'taker fee', unit: money },
    ],
    rows: liquidity.positions.map((one): Row => ({ ...one })),
  };
}

export function liquidationBlocks({ liquidationProbability: found, liquidity, window }: VarResult): Block[] {
  const { probability, standardError, probabilityInterval, paths, steps, step, rows, reason, scopes } = found;
  const blocks: Block[] = [];
  if (liquidity.reason !== null) blocks.push({ kind: 'text', tone: 'warn', text: liquidity.reason });
  if (probability === null)
    return [...blocks, { kind: 'text', tone: 'warn', text: `probability of a liquidation: ${reason}` }];
  const { low, high } = probabilityInterval;
  blocks.push({
    kind: 'fields',
    title: `The venue liquidates within ${intervalText(window.horizon)}`,
    fields: [
      {
        title: 'probability',
        unit: 'fraction',
        value: probability,
        note: `${paths} ways of ${steps} ${steps === 1 ? 'step' : 'steps'} of ${intervalText(step)}, drawn from ${rows} past rows`,
      },
      { title: 'error of the simulation', unit: 'fraction', value: standardError },
      { title: 'not below', unit: 'fraction', value: low, note: "Wilson's interval" },
      { title: 'not above', unit: 'fraction', value: high },
      ...scopes.map(({ account, symbol, asset, probability: own }) => ({
        title: symbol === null ? `cross of ${account}, ${asset}` : `${symbol} isolated`,
        unit: 'fraction' as const,
        value: own,
      })),
    ],
  });
  if (reason !== null) blocks.push({ kind: 'text', tone: 'warn', text: reason });
  return blocks;
}

/** The unit of each measure that guards look at. */
import type { Unit } from '../model/page.ts';

export type MeasureUnit = Exclude<Unit, 'money' | 'whole' | 'bps' | 'text' | 'r'>;

const units: Readonly<Record<string, MeasureUnit>> = {
  adverseMove: 'fraction',
  best: 'price',
  breakers: 'count',
  close: 'price',
  dailyLoss: 'fraction',
  drawdown: 'fraction',
  fundingRate8h: 'rate',
  grossMargin: 'fraction',
  halt: 'duration',
  highRiskPositions: 'count',
  impact: 'rate',
  last: 'price',
  lossesInARow: 'count',
  marginRemaining: 'fraction',
  markGap: 'fraction',
  openRisk: 'fraction',
  ordersOfMinute: 'count',
  positionMargin: 'fraction',
  positions: 'count',
  price: 'price',
  qty: 'qty',
  refusals: 'count',
  rejectedShare: 'fraction',
  riskPerTrade: 'fraction',
  sectorMargin: 'fraction',
  slice: 'count',
  spread: 'rate',
  stopUnit: 'price',
  symbolMargin: 'fraction',
  time: 'time',
  totalRisk: 'fraction',
  tradesOfDay: 'count',
  venueShare: 'fraction',
  volatility24h: 'fraction',
  weekDrawdown: 'fraction',
};

/** Multiples, like a leverage or a margin level, are plain numbers. */
export function measureUnit(measure: string): MeasureUnit {
  return units[measure] ?? 'ratio';
}

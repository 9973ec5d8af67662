/**
 * The names under which journals keep their columns; compared without case, spaces and signs, the first that a file
 * has is taken. What a name means must not be open: `fee` may be money, so only names of a rate are taken for one.
 */
import { placesOf } from './columns.ts';

const symbol = [
  'symbol',
  'pair',
  'market',
  'marketname',
  'coin',
  'ticker',
  'instrument',
  'instid',
  'asset',
] as const;

const direction = [
  'direction',
  'side',
  'positiontype',
  'positionside',
  'tradetype',
  'tradeside',
  'type',
] as const;

export const tradeColumns = {
  symbol,
  direction,
  isShort: ['isshort', 'short'],
  entryTime: [
    ...['entrytime', 'opentime', 'entrydate', 'opendate', 'entrytimestamp', 'opentimestamp', 'entrydatetime'],
    ...[
      'opendatetime',
      'entryat',
      'openedat',
      'enteredat',
      'openat',
      'entrytimeutc',
      'opentimeutc',
      'opened',
    ],
  ],
  entryPrice: [
    ...['entryprice', 'openrate', 'openprice', 'entryrate', 'avgentryprice', 'averageentryprice', 'entry'],
    ...['pricein', 'priceopen'],
  ],
  exitTime: [
    ...['exittime', 'closetime', 'exitdate', 'closedate', 'exittimestamp', 'closetimestamp', 'exitdatetime'],
    ...[
      'closedatetime',
      'exitat',
      'closedat',
      'exitedat',
      'closeat',
      'exittimeutc',
      'closetimeutc',
      'closed',
    ],
  ],
  exitPrice: [
    ...['exitprice', 'closerate', 'closeprice', 'exitrate', 'avgexitprice', 'averageexitprice', 'exit'],
    ...['priceout', 'priceclose'],
  ],
  exitReason: ['exitreason', 'sellreason', 'exittype', 'closereason', 'exitkind', 'reason'],
  qty: ['qty', 'quantity', 'size', 'amount', 'positionsize', 'baseqty'],
  leverage: ['leverage', 'lev'],
  confidence: ['confidence', 'modelconfidence', 'conf'],
  /** Minutes between entry and exit, as the journal itself counted them. */
  minutes: ['holdingmins', 'holdingminutes', 'tradeduration', 'durationmins', 'durationminutes'],
  feeEntry: ['feeentry', 'feeopen', 'entryfeerate', 'feerate', 'feeopenrate'],
  feeExit: ['feeexit', 'feeclose', 'exitfeerate', 'feerate', 'feecloserate'],
} as const;

export const bareColumns = {
  symbol,
  direction,
  isShort: tradeColumns.isShort,
  entryTime: tradeColumns.entryTime,
  entryPrice: ['entry', ...tradeColumns.entryPrice],
  exitPrice: ['exit', ...tradeColumns.exitPrice],
  high: ['high', 'highest', 'maxrate', 'maxprice'],
  low: ['low', 'lowest', 'minrate', 'minprice'],
  atr: ['atr', 'atrentry', 'entryatr'],
  leverage: tradeColumns.leverage,
} as const;

/** Whether the names hold a trade with its times: then it can be laid on bars. */
export function haveTrades(names: readonly string[]): boolean {
  const places = placesOf(names, tradeColumns);
  const needed = [places.entryTime, places.entryPrice, places.exitTime, places.exitPrice];
  return needed.every((place) => place >= 0) && (places.direction >= 0 || places.isShort >= 0);
}

/** Whether the names hold a trade without a path: `entry, exit, high, low, atr, direction`, and no time of its exit. */
export function haveBareTrades(names: readonly string[]): boolean {
  const places = placesOf(names, bareColumns);
  const needed = [places.entryPrice, places.exitPrice, places.high, places.low, places.atr];
  if (placesOf(names, tradeColumns).exitTime >= 0) return false;
  return needed.every((place) => place >= 0) && (places.direction >= 0 || places.isShort >= 0);
}

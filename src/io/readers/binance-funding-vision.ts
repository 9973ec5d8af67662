/** Binance Vision's monthly funding files: `calc_time,funding_interval_hours,last_funding_rate`. */
import type { FundingReader } from '../reader.ts';
import { plainName } from './columns.ts';
import { fundingByName } from './funding-records.ts';
import { namesIn } from './records.ts';

const NAMES = ['calctime', 'fundingintervalhours', 'lastfundingrate'];

export const binanceFundingVision: FundingReader = {
  role: 'funding',
  name: 'binance-funding-vision',
  detect: (head) => {
    const names = namesIn(head)?.map(plainName) ?? [];
    return NAMES.every((name) => names.includes(name)) ? 'the columns of Binance Vision funding files' : null;
  },
  read: (source, options) => fundingByName(source, options),
};

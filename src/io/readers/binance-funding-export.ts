/**
 * The funding history that Binance's web page exports: `Time, Contracts, Funding Interval, Funding Rate`, newest first,
 * rates as percent strings (`0.004013%`), times in the zone of the account that exported it (--time-offset).
 */
import type { Finding } from '../../market/finding.ts';
import type { RawFunding } from '../../market/raw.ts';
import type { FundingReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { plainName } from './columns.ts';
import { fractionOf, fundingByName } from './funding-records.ts';
import { namesIn } from './records.ts';

const NAMES = ['time', 'contracts', 'fundinginterval', 'fundingrate'];

export const binanceFundingExport: FundingReader = {
  role: 'funding',
  name: 'binance-funding-export',
  detect: (head) => {
    const names = namesIn(head)?.map(plainName) ?? [];
    return NAMES.every((name) => names.includes(name)) ? 'the columns of Binance funding exports' : null;
  },
  read: readExport,
};

async function readExport(source: Source, options: ReadOptions): Promise<RawFunding[]> {
  const [first, ...others] = await fundingByName(source, options, percentOf);
  if (first === undefined || options.timeOffset !== 0)
    return first === undefined ? others : [first, ...others];
  const local: Finding = {
    code: 'local-times',
    count: first.length,
    line: first.line(0),
    example: 'the export is written in the time zone of its account',
    consequence:
      'read as UTC; an account in UTC+8 needs --time-offset +8h, which its 8-hour stamps cannot show',
  };
  return [{ ...first, findings: [...first.findings, local] }, ...others];
}

/** A rate of this dialect has its percent sign; without one it is not known what it is. */
function percentOf(text: string): number {
  return text.endsWith('%') ? fractionOf(text) : Number.NaN;
}

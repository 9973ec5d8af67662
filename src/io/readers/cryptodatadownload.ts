/**
 * CryptoDataDownload: often a line with its address before the header, newest row first, `unix` in seconds or
 * milliseconds beside a `date` in changing forms, volumes by asset.
 */
import { fieldsOf } from '../csv/layout.ts';
import type { OhlcvReader } from '../reader.ts';
import { readCsvBars } from './csv-bars.ts';
import { headeredLayout, headerLine } from './headered-bars.ts';

export const cryptodatadownload: OhlcvReader = {
  role: 'ohlcv',
  name: 'cryptodatadownload',
  detect: (head) => {
    const at = headerLine(head);
    if (at === -1) return null;
    const names = fieldsOf(head.lines[at] ?? '').map((name) => name.toLowerCase());
    const own =
      names.includes('unix') && names.includes('date') && names.some((name) => /^volume\b/.test(name));
    if (!own) return null;
    return at > 0 && /cryptodatadownload/i.test(head.lines[0] ?? '')
      ? 'the address of CryptoDataDownload in line 1 and its columns unix, date, symbol, ...'
      : 'the columns unix, date, symbol, ... of CryptoDataDownload';
  },
  read: (source, options) => {
    const layout = headeredLayout(source);
    const names = fieldsOf(new TextDecoder().decode(source.head).split('\n')[layout.skip - 1] ?? '');
    // The epoch is the same in every file of theirs; the date beside it is not.
    const unix = names.findIndex((name) => name.toLowerCase() === 'unix');
    const places = unix === -1 ? layout.places : { ...layout.places, time: unix };
    return readCsvBars(source, { ...layout, places }, options);
  },
};

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bookOf, readPortfolioFile } from '../../src/io/read-portfolio.ts';
import { DataError, InputError } from '../../src/model/errors.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const read = (text: string) => bookOf(text, 'book.yaml');

const one = `account: { currency: USDT, balance: "100000", marginMode: cross, positionMode: one-way, venue: binance }
positions:
  - { symbol: BTC/USDT, qty: "1.5", entry: 62000, mark: "61500", leverage: 5, stop: "58000",
      marginMode: isolated, contract: linear, sector: layer1, openedAt: 2022-05-04T00:00:00Z }
  - { symbol: ETHUSDT, qty: "-2", entry: "3000" }
orders:
  - { symbol: BTCUSDT, kind: stop-market, price: "59000" }
`;

function faultOf(text: string) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.fault;
    throw error;
  }
  throw new Error('the text must be refused, it was read');
}

describe('a portfolio file', () => {
  it('is one account with its positions, symbols as data name them, and defaults where it says nothing', () => {
    const { accounts, positions, orders } = read(one);
    expect(accounts).toEqual([
      {
        id: 'main',
        venue: 'binance',
        currency: 'USDT',
        marginMode: 'cross',
        positionMode: 'one-way',
        collateral: [{ asset: 'USDT', qty: '100000', haircut: 0, price: null }],
      },
    ]);
    expect(positions[0]).toEqual({
      account: 'main',
      symbol: 'BTCUSDT',
      type: 'perp',
      contract: 'linear',
      qty: '1.5',
      entry: '62000',
      mark: '61500',
      leverage: 5,
      marginMode: 'isolated',
      addedMargin: '0',
      stop: '58000',
      sector: 'layer1',
      openedAt: Date.UTC(2022, 4, 4),
      haircut: 0,
    });
    expect(positions[1]).toMatchObject({
      qty: '-2',
      marginMode: 'cross',
      leverage: 1,
      mark: null,
      stop: null,
    });
    expect(orders).toEqual([
      {
        account: 'main',
        symbol: 'BTCUSDT',
        kind: 'stop-market',
        qty: null,
        price: '59000',
        trigger: 'last',
        reduceOnly: true,
        leverage: 1,
        contract: 'linear',
      },
    ]);
  });

  it('reads both books of the sample, and says what it read', async () => {
    const { book, input } = await readPortfolioFile(join(sample, 'portfolio.yaml'), '/');
    expect(book.positions.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
    expect(input).toMatchObject({ path: 'sample:portfolio.yaml', role: 'portfolio', rows: 3 });
    const two = await readPortfolioFile(join(sample, 'portfolio-two-accounts.yaml'), '/');
    expect(two.book.accounts.map(({ id, venue }) => [id, venue])).toEqual([
      ['main', 'binance'],
      ['hedge', 'ftx'],
    ]);
    await expect(readPortfolioFile('nothing.yaml', '/')).rejects.toThrow(DataError);
  });

  it.each([
    ['a quantity of 0', one.replace('"1.5"', '0'), 'PORTFOLIO', 'a position must have a quantity, was 0', 3],
    ['a negative price', one.replace('62000', '-1'), 'PORTFOLIO', 'entry must be above 0, was -1', 3],
    ['a stop at 0', one.replace('"58000"', '0'), 'PORTFOLIO', 'stop must be above 0, was 0', 3],
    [
      'a leverage below 1',
      one.replace('leverage: 5', 'leverage: 0.5'),
      'CONFIG_VALUE',
      'must be at least 1, was 0.5',
      3,
    ],
    ['an unknown key', one.replace('stop:', 'stpo:'), 'CONFIG_KEY', 'was "stpo"', 3],
    ['a word for a number', one.replace('"-2"', 'two'), 'CONFIG_VALUE', 'positions[1].qty must', 5],
    [
      'no day of the calendar',
      one.replace('05-04T', '02-30T'),
      'PORTFOLIO',
      'must be one of the calendar',
      4,
    ],
    [
      'a symbol twice',
      one.replace('ETHUSDT', 'BTCUSDT'),
      'PORTFOLIO',
      'must hold at most one position in BTCUSDT',
      5,
    ],
    [
      'an unknown account',
      one.replace('"-2"', '"-2", account: mian'),
      'PORTFOLIO',
      'one of main, was "mian"',
      5,
    ],
    [
      'an order against nothing',
      one.replace('symbol: BTCUSDT, kind', 'symbol: SOLUSDT, kind'),
      'PORTFOLIO',
      'must have a position in SOLUSDT, was none',
      7,
    ],
    [
      'more isolated margin than money',
      one.replace('"100000"', '"18000"'),
      'PORTFOLIO',
      'must fit into its wallet of 18000 USDT, was 18600',
      3,
    ],
    [
      'a balance twice',
      one.replace('venue: binance', 'collateral: [{ asset: USDT, qty: 1 }]'),
      'PORTFOLIO',
      'the balance must be stated once',
      1,
    ],
    ['a spot short', one.replace('"-2"', '"-2", type: spot'), 'PORTFOLIO', 'must be long and linear', 5],
    ['broken YAML', one.replace('}', ''), 'CONFIG_FILE', 'YAML', null],
  ])('is refused with its line: %s', (_, text, code, message, line) => {
    const fault = faultOf(text);
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(message);
    if (line !== null) expect(fault.place).toMatchObject({ file: 'book.yaml', line });
  });

  it('is refused with neither account nor accounts, and with accounts of two currencies', () => {
    expect(faultOf('positions: [{ symbol: BTCUSDT, qty: 1, entry: 1 }]').message).toContain(
      'one account or accounts',
    );
    const two = 'accounts: [{ id: a, balance: 1 }, { id: b, balance: 1, currency: BTC }]';
    const text = `${two}\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 1, account: a }]`;
    expect(faultOf(text).message).toContain('one currency, was USDT and BTC');
  });

  it('ends every mutation of a good file with a book or with our own words', () => {
    let seed = 7;
    const next = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % n;
    };
    let books = 0;
    for (let i = 0; i < 2000; i += 1) {
      const at = next(one.length);
      const junk = ['', '-', '"', '{', '}', ':', '0', '9e999', 'null', '\n', ' ', '[', 'x'][next(13)] ?? '';
      const text = one.slice(0, at) + junk + one.slice(at + next(4));
      try {
        books += read(text).positions.length > 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`${String(error)} of ${JSON.stringify(text)}`);
      }
    }
    expect(books).toBeGreaterThan(100);
  });
});

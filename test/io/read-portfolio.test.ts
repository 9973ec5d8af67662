import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bookOf } from '../../src/io/portfolio-text.ts';
import { readPortfolioFile } from '../../src/io/read-portfolio.ts';
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

const several = `accounts:
  - { id: main, collateral: [{ asset: usdt, qty: 80000 }, { asset: USDC, qty: 20000, haircut: 0.05, price: 0.99 }] }
  - { id: b, venue: ftx, marginMode: isolated, positionMode: hedge, balance: 900, dailyLossLimit: 0.03 }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, account: b, addedMargin: 2 }
  - { symbol: BTCUSDT, qty: -1, entry: 100, account: b, leverage: 4 }
  - { symbol: ETHUSDT, qty: 3, entry: 10, account: main, type: spot, haircut: 0.1 }
orders:
  - { account: b, symbol: BTCUSDT, type: take-profit, price: 120, trigger: mark, qty: -1 }
dailyLossLimits: [{ account: main, fraction: 0.1 }]
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

  it('keeps every digit of an amount, as text or as a number, and the same book as JSON', () => {
    const yaml = `account: { balance: 100.1234567890123456789 }
positions:
  - { symbol: btc-usdt, qty: -0.1234567890123456789, entry: "62000.000000000000000001", stop: .5e1 }
`;
    const book = read(yaml);
    expect(book.accounts[0]?.collateral[0]?.qty).toBe('100.1234567890123456789');
    expect(book.positions[0]).toMatchObject({
      symbol: 'BTCUSDT',
      qty: '-0.1234567890123456789',
      entry: '62000.000000000000000001',
      stop: '5',
    });
    const json = `{\n\t"account": { "balance": 100.1234567890123456789 },\n\t"positions": [\n\t\t{ "symbol": "BTC\\/USDT",
      "qty": -0.1234567890123456789, "entry": "62000.000000000000000001", "stop": 5 }\n\t]\n}\n`;
    expect(read(json)).toEqual(book);
  });

  it('is several accounts with collateral, and each position and order in the account that it names', () => {
    const { accounts, positions, orders, dailyLossLimits } = read(several);
    expect(accounts.map(({ collateral }) => collateral)).toEqual([
      [
        { asset: 'USDT', qty: '80000', haircut: 0, price: null },
        { asset: 'USDC', qty: '20000', haircut: 0.05, price: '0.99' },
      ],
      [{ asset: 'USDT', qty: '900', haircut: 0, price: null }],
    ]);
    expect(positions.map(({ account, marginMode, type }) => [account, marginMode, type])).toEqual([
      ['b', 'isolated', 'perp'],
      ['b', 'isolated', 'perp'],
      ['main', 'cross', 'spot'],
    ]);
    expect(orders[0]).toMatchObject({ account: 'b', kind: 'take-profit', trigger: 'mark', qty: '-1' });
    expect(dailyLossLimits).toEqual([
      { account: 'b', fraction: 0.03 },
      { account: 'main', fraction: 0.1 },
    ]);
  });

  // 10 contracts of 1,000 USD at 50,000 are 0.2 BTC; at 10x that is 0.02 BTC of margin.
  it('holds the margin of an inverse position against the wallet of its coin', () => {
    const text = (
      btc: string,
    ) => `account: { balance: 5, marginMode: isolated, collateral: [{ asset: BTC, qty: "${btc}" }] }
positions: [{ symbol: BTCUSD, qty: 10000, entry: 50000, leverage: 10, contract: inverse }]`;
    expect(read(text('0.02')).positions[0]?.contract).toBe('inverse');
    const fault = faultOf(text('0.0199999999'));
    expect(fault.message).toContain('must fit into its wallet of 0.0199999999 BTC, was 0.02');
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
    [
      'an asset twice',
      one.replace('balance: "100000"', 'collateral: [{ asset: USDT, qty: 1 }, { asset: usdt, qty: 99999 }]'),
      'PORTFOLIO',
      'an asset must stand once in an account, was USDT twice',
      1,
    ],
    [
      'one coin under two names',
      one.replace('balance:', 'collateral: [{ asset: BTC, qty: 1 }, { asset: XBT, qty: 2 }], balance:'),
      'PORTFOLIO',
      'was XBT twice',
      1,
    ],
    [
      'an asset that is owed',
      one.replace('balance:', 'collateral: [{ asset: BTC, qty: -1 }], balance:'),
      'PORTFOLIO',
      "only the account's own currency may be owed, was -1 BTC",
      1,
    ],
    [
      'a haircut of the own currency',
      one.replace('balance: "100000"', 'collateral: [{ asset: USDT, qty: 100000, haircut: 0.1 }]'),
      'PORTFOLIO',
      'must count in full, was 0.1',
      1,
    ],
    [
      'a price of the own currency',
      one.replace('balance: "100000"', 'collateral: [{ asset: USDT, qty: 100000, price: 0.9 }]'),
      'PORTFOLIO',
      'must have price 1, was 0.9',
      1,
    ],
    [
      'collateral without worth',
      one.replace('balance:', 'collateral: [{ asset: BTC, qty: 1, price: 0 }], balance:'),
      'PORTFOLIO',
      'price must be above 0, was 0',
      1,
    ],
    [
      'a price of a coin that is a wallet',
      one
        .replace('balance:', 'collateral: [{ asset: ETH, qty: 1, price: 9 }], balance:')
        .replace('ETHUSDT', 'ETHUSD')
        .replace('"-2"', '"-2", contract: inverse'),
      'PORTFOLIO',
      'ETH of account main must have neither price nor haircut',
      5,
    ],
    [
      'a spot position on credit',
      one.replace('"-2"', '"2", type: spot, leverage: 3'),
      'PORTFOLIO',
      'must be paid in full, was at leverage 3',
      5,
    ],
    [
      'an inverse spot position',
      one.replace('"-2"', '"2", type: spot, contract: inverse'),
      'PORTFOLIO',
      'must be long and linear, was inverse',
      5,
    ],
    [
      'a haircut of a perp',
      one.replace('"-2"', '"-2", haircut: 0.2'),
      'PORTFOLIO',
      'must be that of a spot position, was 0.2',
      5,
    ],
    [
      'margin added to a cross position',
      one.replace('"-2"', '"-2", addedMargin: 5'),
      'PORTFOLIO',
      'must be that of an isolated perp, was 5 of a cross position',
      5,
    ],
    [
      'a negative added margin',
      one.replace('"-2"', '"-2", addedMargin: -5'),
      'PORTFOLIO',
      'at least 0, was -5',
      5,
    ],
    ['a symbol of no letters', one.replace('BTC/USDT', '/'), 'CONFIG_VALUE', 'must name a market', 3],
    ['a price left out', one.replace(', entry: "3000"', ''), 'CONFIG_VALUE', 'positions[1].entry must', 5],
    [
      'an order without a kind',
      one.replace('kind: stop-market, ', ''),
      'PORTFOLIO',
      'must have a kind, was none',
      7,
    ],
    [
      'an order with two kinds',
      one.replace('kind: stop-market', 'kind: stop-market, type: limit'),
      'PORTFOLIO',
      'kind or type, was both',
      7,
    ],
    ['an order at no price', one.replace('"59000"', '0'), 'PORTFOLIO', 'price must be above 0, was 0', 7],
    [
      'a quantity in hexadecimal',
      one.replace('"-2"', '0x10'),
      'CONFIG_VALUE',
      'must be a decimal such as',
      5,
    ],
    [
      'two limits of the loss of a day',
      `${one.replace('venue:', 'dailyLossLimit: 0.1, venue:')}dailyLossLimits: [{ fraction: 0.2 }]\n`,
      'PORTFOLIO',
      'must have one daily loss limit, main was given two',
      8,
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

  it('names the nearest key of the section, or its keys, and the nearest word', () => {
    expect(faultOf(one.replace('stop:', 'stpo:')).remedy).toBe('Did you mean "stop"?');
    expect(faultOf(one.replace('kind:', 'knd:')).remedy).toBe('Did you mean "kind"?');
    const far = faultOf(one.replace('"-2"', '"-2", balance: 3')).remedy;
    expect(far).toContain('Known keys here: symbol, account, type, contract, qty');
    expect(faultOf(one.replace('venue:', 'zzzzzz: 1, venue:')).message).toContain(
      'account must have known keys',
    );
    expect(faultOf(`${one}order: []\n`)).toMatchObject({
      message: 'a portfolio must have known keys only, was "order"',
      place: { line: 8 },
      remedy: 'Did you mean "orders"?',
    });
    expect(faultOf(one.replace('isolated', 'isolatd')).remedy).toBe('Did you mean "isolated"?');
    expect(faultOf(one.replace('"-2"', '"-2", account: mian')).remedy).toBe('Did you mean "main"?');
  });

  it('is refused where its bytes are no UTF-8', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portfolio-'));
    await writeFile(join(folder, 'book.yaml'), Buffer.from(one.replace('layer1', 'caf\u00e9'), 'latin1'));
    await expect(readPortfolioFile('book.yaml', folder)).rejects.toThrow(
      'CONFIG_FILE: it must be UTF-8 text, was text in another encoding, or binary (book.yaml). Save the file anew with the encoding UTF-8',
    );
    await rm(folder, { recursive: true });
  });

  it('may hold nothing only where an order is asked about', () => {
    const empty = 'account: { balance: 100 }\npositions: []\n';
    expect(faultOf(empty)).toMatchObject({
      code: 'PORTFOLIO',
      message: 'a portfolio must hold at least one position, was none',
      place: { file: 'book.yaml', line: 2 },
    });
    expect(bookOf(empty, 'book.yaml', { mayBeEmpty: true }).positions).toEqual([]);
  });

  it('ends every mutation of two good files with a book or with our own words', () => {
    let seed = 7;
    const next = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % n;
    };
    let books = 0;
    for (let i = 0; i < 2000; i += 1) {
      const good = i % 2 === 0 ? one : several;
      const at = next(good.length);
      const junk = ['', '-', '"', '{', '}', ':', '0', '9e999', 'null', '\n', ' ', '[', 'x'][next(13)] ?? '';
      const text = good.slice(0, at) + junk + good.slice(at + next(4));
      try {
        books += read(text).positions.length > 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`${String(error)} of ${JSON.stringify(text)}`);
      }
    }
    expect(books).toBeGreaterThan(100);
  });
});

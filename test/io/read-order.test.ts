import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { orderOf } from '../../src/io/order-text.ts';
import { readOrderFile } from '../../src/io/read-order.ts';
import { DataError, InputError } from '../../src/model/errors.ts';
import { scratch } from '../support/scratch.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));

const whole = `symbol: btc-usdt
account: main
side: sell
qty: 0.1234567890123456789
price: "62000.50"
leverage: 5
marginMode: isolated
contract: linear
stop: 63000
reduceOnly: false
strategy: mean-reversion
sector: layer1
model: { confidence: 0.7 }
`;

function faultOf(text: string) {
  try {
    orderOf(text, 'order.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.fault;
    throw error;
  }
  throw new Error('the text must be refused, it was read');
}

describe('an order file', () => {
  test('is one order, its symbol as data name it, every digit kept, where each key stands', () => {
    const { placeOf, ...order } = orderOf(whole, 'order.yaml');
    expect(order).toEqual({
      account: 'main',
      symbol: 'BTCUSDT',
      side: 'sell',
      qty: '0.1234567890123456789',
      price: '62000.5',
      leverage: 5,
      marginMode: 'isolated',
      contract: 'linear',
      stop: '63000',
      reduceOnly: false,
      strategy: 'mean-reversion',
      sector: 'layer1',
      model: { confidence: 0.7 },
    });
    expect([placeOf('stop'), placeOf('nothing')]).toEqual([
      { file: 'order.yaml', line: 9 },
      { file: 'order.yaml', path: 'nothing' },
    ]);
  });

  test('leaves to the portfolio what it does not say, and is the same as JSON', () => {
    const { placeOf: _, ...order } = orderOf('{"symbol": "ETHUSDT", "side": "buy", "qty": "2"}', 'o.json');
    expect(order).toEqual({
      account: null,
      symbol: 'ETHUSDT',
      side: 'buy',
      qty: '2',
      price: null,
      leverage: null,
      marginMode: null,
      contract: null,
      stop: null,
      reduceOnly: false,
      strategy: null,
      sector: null,
      model: null,
    });
  });

  test('of the sample is read and named', async () => {
    const { order, input } = await readOrderFile(join(sample, 'order.yaml'), '/');
    expect(order).toMatchObject({ symbol: 'ETHUSDT', side: 'buy', qty: '12', leverage: 3 });
    expect(input).toMatchObject({ path: 'sample:order.yaml', role: 'order', rows: 1, symbols: ['ETHUSDT'] });
  });

  test('must be there, must be one, must be text', async () => {
    const cwd = await scratch({
      'two/a.json': '{}',
      'two/b.json': '{}',
      'bytes.yaml': Uint8Array.of(255, 254, 0),
    });
    await expect(readOrderFile('nothing.yaml', cwd)).rejects.toThrow(DataError);
    await expect(readOrderFile('two', cwd)).rejects.toThrow('an order must be one file, was 2 in "two"');
    await expect(readOrderFile('bytes.yaml', cwd)).rejects.toThrow('it must be UTF-8 text');
  });
});

describe('what cannot be an order is refused with what must hold, what was, where, and what to do', () => {
  const base = 'symbol: BTCUSDT\nside: buy\n';
  test.each([
    [
      '- symbol: BTCUSDT\n',
      'CONFIG_VALUE',
      'an order must be a section of keys, was [',
      1,
      'risk schema order',
    ],
    [
      `${base}qty: [1]\n`,
      'CONFIG_VALUE',
      'qty must be a finite number or text, was [1]',
      3,
      'risk schema order',
    ],
    [
      `${base}qty: lots\n`,
      'CONFIG_VALUE',
      'qty must be a decimal such as "1.5", was "lots"',
      3,
      'risk schema',
    ],
    [`${base}qty: .nan\n`, 'CONFIG_VALUE', 'qty must be a decimal', 3, 'risk schema order'],
    [`${base}qty: "-1"\n`, 'ORDER', 'qty must be above 0, was -1', 3, 'side: buy or sell says the direction'],
    [`${base}qty: 0\n`, 'ORDER', 'qty must be above 0, was 0', 3, 'Write its size alone'],
    [`${base}qty: 1\nprice: 0\n`, 'ORDER', 'price must be above 0, was 0', 4, 'or leave it out'],
    [`${base}qty: 1\nstop: -5\n`, 'ORDER', 'stop must be above 0, was -5', 4, 'or leave it out'],
    [`${base}qty: 1\nqty: 2\n`, 'CONFIG_FILE', 'a key must stand once', 4, undefined],
    [
      `${base}qty: 1\nlevrage: 3\n`,
      'CONFIG_KEY',
      'must have known keys only, was "levrage"',
      4,
      '"leverage"',
    ],
    [
      `${base}qty: 1\nleverage: 500\n`,
      'CONFIG_VALUE',
      'leverage must be at most 200, was 500',
      4,
      'risk schema',
    ],
    [
      'symbol: BTCUSDT\nside: by\nqty: 1\n',
      'CONFIG_VALUE',
      'side must be one of buy, sell, was "by"',
      2,
      '"buy"',
    ],
    [
      'symbol: "--"\nside: buy\nqty: 1\n',
      'CONFIG_VALUE',
      'symbol must name a market',
      1,
      'risk schema order',
    ],
  ] as const)('%j', (text, code, message, line, remedy) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ code, place: { file: 'order.yaml', line } });
    expect(fault.message).toContain(message);
    if (remedy !== undefined) expect(fault.remedy).toContain(remedy);
  });

  test('every key that is wrong is named, a misspelt one before the one that it leaves missing', () => {
    const fault = faultOf('symbol: BTCUSDT\nside: up\nqty: 1\nleverage: 0\nmodel: { confidense: 0.4 }\n');
    expect(fault).toMatchObject({
      code: 'CONFIG_KEY',
      place: { line: 5 },
      remedy: 'Did you mean "confidence"?',
    });
    expect(fault.message).toBe(
      'model must have known keys only, was "confidense"; side must be one of buy, sell, was "up" (line 2); ' +
        'leverage must be at least 1, was 0 (line 4); model.confidence must be a finite number, was nothing (line 5)',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { bindingBound, type SizingBound } from '../../../src/risk/sizing/binding-bound.ts';

const terms = { equity: 10_000, leverage: 5 };
const bound = (
  name: string,
  of: SizingBound['of'],
  fraction: number | null,
  loss: number | null = 0.04,
): SizingBound => ({
  name,
  of,
  fraction,
  loss,
  reason: null,
});

describe('bindingBound', () => {
  test('makes one notional of what is at risk and of what is a position, and takes the least', () => {
    // By hand: 0.0625 x 10,000 / 0.04 = 15,625; 1.2 x 10,000 = 12,000; margin at 5x.
    const size = bindingBound([bound('kelly', 'risk', 0.0625), bound('volatility', 'notional', 1.2)], terms);
    expect(size.bounds.map(({ notional, margin }) => [notional, margin])).toEqual([
      [15_625, 3125],
      [12_000, 2400],
    ]);
    expect([size.binding, size.notional]).toEqual(['volatility', 12_000]);
  });

  test('counts what is at risk in the loss of its own rule', () => {
    // By hand: 0.05 x 10,000 / 0.02 = 25,000 of average loss, 0.02 x 10,000 / 0.01 = 20,000 to the stop.
    const size = bindingBound(
      [bound('kelly', 'risk', 0.05, 0.02), bound('limit', 'risk', 0.02, 0.01)],
      terms,
    );
    expect(size.bounds.map(({ notional }) => notional)).toEqual([25_000, 20_000]);
    expect(size.binding).toBe('limit');
  });

  test('passes over rules that set no bound, and names the first of equal ones', () => {
    const size = bindingBound(
      [bound('none', 'notional', null), bound('a', 'notional', 2), bound('b', 'notional', 2)],
      terms,
    );
    expect([size.binding, size.bounds[0]?.margin]).toEqual(['a', null]);
  });

  test('is nothing where a rule allows nothing, whatever the loss', () => {
    const rules = [bound('kelly', 'risk', 0, null), bound('cap', 'notional', 2)];
    expect(bindingBound(rules, terms)).toMatchObject({ binding: 'kelly', notional: 0 });
  });

  test('a fraction at risk bounds nothing where the loss is not known', () => {
    const rules = [bound('kelly', 'risk', 0.1, null), bound('cap', 'notional', 2)];
    expect(bindingBound(rules, terms)).toMatchObject({ binding: 'cap', notional: 20_000 });
  });

  test('says that nothing binds', () => {
    expect(bindingBound([bound('none', 'notional', null)], terms)).toMatchObject({
      binding: null,
      notional: null,
    });
    expect(bindingBound([], terms)).toEqual({ bounds: [], binding: null, notional: null });
  });

  test('refuses what is out of range', () => {
    const one = [bound('cap', 'notional', 2)];
    expect(() => bindingBound(one, { ...terms, equity: -1 })).toThrow('equity must be finite');
    expect(() => bindingBound(one, { ...terms, leverage: 0.5 })).toThrow('a leverage must be finite');
    expect(() => bindingBound([bound('cap', 'risk', 1, 0)], terms)).toThrow('the loss of cap must be finite');
    expect(() => bindingBound([bound('cap', 'notional', Number.NaN)], terms)).toThrow('the bound cap');
  });
});

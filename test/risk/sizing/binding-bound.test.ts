import { describe, expect, test } from 'vitest';
import { bindingBound, type SizingBound } from '../../../src/risk/sizing/binding-bound.ts';

const terms = { equity: 10_000, leverage: 5, loss: 0.04 };
const bound = (name: string, of: SizingBound['of'], fraction: number | null): SizingBound => ({
  name,
  of,
  fraction,
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

  test('passes over rules that set no bound, and names the first of equal ones', () => {
    const size = bindingBound(
      [bound('none', 'notional', null), bound('a', 'notional', 2), bound('b', 'notional', 2)],
      terms,
    );
    expect([size.binding, size.bounds[0]?.margin]).toEqual(['a', null]);
  });

  test('is nothing where a rule allows nothing, whatever the loss', () => {
    const rules = [bound('kelly', 'risk', 0), bound('cap', 'notional', 2)];
    expect(bindingBound(rules, { ...terms, loss: null })).toMatchObject({ binding: 'kelly', notional: 0 });
  });

  test('a fraction at risk bounds nothing where the loss is not known', () => {
    const rules = [bound('kelly', 'risk', 0.1), bound('cap', 'notional', 2)];
    expect(bindingBound(rules, { ...terms, loss: null })).toMatchObject({ binding: 'cap', notional: 20_000 });
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
    expect(() => bindingBound(one, { ...terms, loss: 0 })).toThrow('a loss must be finite');
    expect(() => bindingBound([bound('cap', 'notional', Number.NaN)], terms)).toThrow('the bound cap');
  });
});

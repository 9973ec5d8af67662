import { describe, expect, it } from 'vitest';
import { exitKindOf } from '../../src/market/exit-kind.ts';

describe('exitKindOf', () => {
  it.each([
    ['stop_loss', 'stop'],
    ['stoploss_on_exchange', 'stop'],
    ['Stop-Loss', 'stop'],
    ['SL', 'stop'],
    ['trailing_stop_loss', 'trailing-stop'],
    ['Trailing Stop', 'trailing-stop'],
    ['liquidation', 'liquidation'],
    ['roi', 'target'],
    ['take_profit', 'target'],
    ['TAKE PROFIT', 'target'],
    ['sell_signal', 'signal'],
    ['exit_signal', 'signal'],
    ['force_sell', 'forced'],
    ['force_exit', 'forced'],
    ['emergency_exit', 'forced'],
  ])('reads %s as %s', (reason, kind) => {
    expect(exitKindOf(reason)).toBe(kind);
  });

  it.each(['', 'rsi>80', 'stop_looking', 'unknown', 'toString'])('calls %j unknown', (reason) => {
    expect(exitKindOf(reason)).toBe('unknown');
  });
});

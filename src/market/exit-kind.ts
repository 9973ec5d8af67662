/**
 * What a journal's word for the end of a trade means.
 *
 * Only the words that a bot or venue is known to write are mapped; any other text is `unknown`, which is neither
 * adverse (RULES 1.6) nor a reason to leave the trade out.
 */
import type { ExitKind } from './journal.ts';

const KINDS: Readonly<Record<Exclude<ExitKind, 'unknown'>, readonly string[]>> = {
  stop: [
    'stop',
    'stop_loss',
    'stoploss',
    'stoploss_on_exchange',
    'stop_loss_on_exchange',
    'stop_market',
    'stop_hit',
    'sl',
    'sl_hit',
    'hard_stop',
    'stopped_out',
    'stopped',
    'emergency_stop_loss',
  ],
  'trailing-stop': [
    'trailing_stop_loss',
    'trailing_stop',
    'trailing_stoploss',
    'trailing',
    'trail',
    'trail_stop',
    'tsl',
    'chandelier',
  ],
  liquidation: ['liquidation', 'liquidated', 'liq', 'adl', 'auto_deleveraging', 'margin_call'],
  target: [
    'roi',
    'target',
    'take_profit',
    'takeprofit',
    'take_profit_market',
    'tp',
    'tp_hit',
    'tp1',
    'tp2',
    'tp3',
    'profit_target',
    'target_hit',
  ],
  signal: [
    'signal',
    'exit_signal',
    'sell_signal',
    'buy_signal',
    'exit',
    'custom_exit',
    'custom_sell',
    'partial_exit',
    'strategy',
    'reverse',
    'reversal',
    'signal_exit',
    'opposite_signal',
  ],
  forced: [
    'force_exit',
    'force_sell',
    'forced',
    'force',
    'forceexit',
    'forcesell',
    'emergency_exit',
    'emergency_sell',
    'manual',
    'timeout',
    'time_exit',
    'time_stop',
    'end_of_data',
    'eod',
    'close_all',
  ],
};

const kindOf: ReadonlyMap<string, ExitKind> = new Map(
  (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind) =>
    KINDS[kind].map((word) => [word, kind] as const),
  ),
);

/** The kind of an exit reason, letter case and separators ignored: `Stop-Loss`, `STOP_LOSS`, `stop loss` are one. */
export function exitKindOf(reason: string): ExitKind {
  return (
    kindOf.get(
      reason
        .trim()
        .toLowerCase()
        .replace(/[\s\-.]+/g, '_'),
    ) ?? 'unknown'
  );
}

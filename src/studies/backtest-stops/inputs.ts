/** What the stop study is given: market data and a journal, and the parts of the configuration tree that it reads. */

import type { Bars } from '../../market/bars.ts';
import type { Journal } from '../../market/journal.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { AtrMethod } from '../../math/atr.ts';
import type { AdaptiveStop } from '../../risk/stop.ts';
import type { BacktestStopsConfig } from '../backtest-stops-config.ts';

export type StopType = 'atr' | 'percent' | 'trailing-atr' | 'chandelier' | 'adaptive';

export type BacktestStopsInputs = {
  /** Null where entries are generated from the bars. */
  readonly journal: Journal | null;
  /** At most one series a symbol. */
  readonly ohlcv: readonly Bars[];
  /** Market prints settle what bars leave open, where they cover a bar. */
  readonly ticks: readonly Ticks[];
};

export type BacktestStopsTree = {
  readonly data: { readonly maxGap: number };
  readonly guards: {
    readonly stops: {
      readonly type: StopType;
      readonly multiplier: number;
      readonly atrPeriod: number;
      readonly atrMethod: AtrMethod;
      readonly adaptive: AdaptiveStop;
    };
  };
  readonly studies: { readonly 'backtest-stops': BacktestStopsConfig };
};

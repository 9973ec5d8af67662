/** What the sizing study is given, and the parts of the configuration tree that it reads. */
import type { Bars } from '../../market/bars.ts';
import type { Journal } from '../../market/journal.ts';
import type { AtrMethod } from '../../math/atr.ts';
import type { SizeConfig } from '../size-config.ts';

export type SizeInputs = {
  /** Null where no evidence of trades is given. */
  readonly journal: Journal | null;
  /** At most one series a symbol; empty without bars. */
  readonly ohlcv: readonly Bars[];
};

export type SizeTree = {
  readonly data: { readonly maxGap: number };
  readonly guards: {
    readonly stops: { readonly atrPeriod: number; readonly atrMethod: AtrMethod };
    readonly 'trade-limits': {
      readonly maxRisk: number | null;
      readonly maxPositionMargin: number | null;
      readonly maxPositionNotional: number | null;
      readonly assumedStopAtrs: number;
      readonly adjust: { readonly closes: number };
    };
  };
  readonly studies: { readonly size: SizeConfig };
};

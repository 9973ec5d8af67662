/** What the funding studies on recorded rates are given, and the parts of the configuration tree that they read. */
import type { FundingBreakerConfig } from '../../engine/guards/funding-breaker-config.ts';
import type { Bars } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import type { VenueConfig } from '../../venue/venue-config.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { FundingConfig } from '../funding-config.ts';

export type FundedInputs = {
  readonly funding: readonly Funding[];
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly venue: VenueSpec;
};

export type FundedTree = {
  readonly data: { readonly maxGap: number };
  readonly venue: VenueConfig;
  readonly guards: { readonly 'funding-breaker': FundingBreakerConfig };
  readonly studies: { readonly funding: FundingConfig };
};

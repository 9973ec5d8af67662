/** The readers of funding files in the order in which they are asked: the narrow dialects before the generic ones. */
import type { FundingReader } from '../reader.ts';
import { binanceFundingExport } from './binance-funding-export.ts';
import { binanceFundingVision } from './binance-funding-vision.ts';
import { freqtradeFunding } from './freqtrade-funding.ts';
import { genericFunding } from './generic-funding.ts';

export const fundingReaders: readonly FundingReader[] = [
  binanceFundingVision,
  binanceFundingExport,
  freqtradeFunding,
  genericFunding,
];

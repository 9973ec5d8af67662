import { baseAsset } from '../../market/symbol.ts';

/** The coin of a symbol as scenarios name it. */
export function assetOf(symbol: string): string {
  const asset = baseAsset(symbol);
  return asset === 'XBT' ? 'BTC' : asset;
}

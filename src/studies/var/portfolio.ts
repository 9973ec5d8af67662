/** The book as it stands: what it is worth, what moves it, how much of it hangs on one symbol. */
import type { VarResult } from '../var-result.ts';
import { amountText, type Scale } from './amounts.ts';
import type { Factor } from './factors.ts';
import type { Leg } from './legs.ts';

export function portfolioOf(
  legs: readonly Leg[],
  factors: readonly Factor[],
  { scale, asOf }: { readonly scale: Scale; readonly asOf: number },
): VarResult['portfolio'] {
  const { currency, gross, equity } = scale;
  const net = legs.reduce((sum, { exposure }) => sum + exposure, 0);
  return {
    currency,
    equity: amountText(equity, currency),
    grossExposure: amountText(gross, currency),
    netExposure: amountText(net, currency),
    leverage: equity > 0 ? gross / equity : null,
    asOf,
    positions: legs.map(({ account, symbol, kind, contract, qty, exposure, factor }) => ({
      account,
      symbol,
      kind,
      exposure: amountText(exposure, currency),
      contract,
      qty,
      price: factors[factor]?.price ?? 0,
      proxy: factors[factor]?.proxy?.symbol ?? null,
    })),
    concentration: concentrationOf(legs, factors, gross),
  };
}

/** By symbol, long and short of one symbol against each other. */
function concentrationOf(
  legs: readonly Leg[],
  factors: readonly Factor[],
  gross: number,
): VarResult['portfolio']['concentration'] {
  const net = factors.map((_, i) =>
    Math.abs(legs.reduce((sum, { factor, exposure }) => (factor === i ? sum + exposure : sum), 0)),
  );
  const total = net.reduce((sum, one) => sum + one, 0);
  const shares = net.map((one) => (total === 0 ? 0 : one / total));
  const largest = shares.reduce((at, one, i) => (one > (shares[at] ?? 0) ? i : at), 0);
  const herfindahl = shares.reduce((sum, one) => sum + one * one, 0);
  return {
    largest: factors[largest]?.symbol ?? '',
    largestShare: gross === 0 ? 0 : (net[largest] ?? 0) / gross,
    herfindahl,
    effective: herfindahl === 0 ? 0 : 1 / herfindahl,
  };
}

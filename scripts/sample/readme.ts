/** What stands beside the sample: that it is synthetic, and how it was made. */
import { coins, HOURS, shocks, trader } from './plan.ts';

export function readmeFile(seed: number): string {
  const symbols = coins.map(({ symbol }) => symbol).join(', ');
  const holes = coins.map(({ symbol, hole }) => `${symbol} lacks ${hole.bars}`).join(', ');
  return `# The bundled sample is synthetic

No price, rate or trade in this folder was ever seen on a market. Everything is generated from the seed ${seed} by
\`npm run sample\`, the same bytes on every machine; reports that use it bear the flag \`synthetic-data\`.

| file | content |
|---|---|
| \`SYMBOL-1h.csv\` | ${HOURS} hours of 2024 (UTC) for ${symbols}; \`timestamp\` is the bar's open in ms |
| \`SYMBOL-funding.csv\` | funding every 8 hours, a fraction |
| \`journal.csv\` | round trips of an invented trader, long and short, in all three symbols |
| \`portfolio.yaml\`, \`portfolio-two-accounts.yaml\` | example books entered at prices of the first hours |
| \`order.yaml\` | an order for the first of them, at prices of the last hour |

How: 60 steps an hour per coin, from a shared and an own normal draw, each scaled by a mixture of three sizes (fat tails);
the volatility follows a GARCH(1,1) recursion times a slow wave; slow drifts give trends. ${shocks.length} hours hit all coins at once,
with a gap at their open; one of them is violent. Start prices are invented. Funding is 0.01 % plus a share of the last
two days' return, with noise, capped. Some bars are missing on purpose (${holes}), so that
reports show what becomes of holes. The trader follows breakouts of ${trader.entryChannel} hours and enters pullbacks in a trend, with a
stop of its own at ${trader.stopAtr} ATR; every price lies inside the bar of its time.

Numbers that come from this data say how the tool works, and nothing about any market.
`;
}

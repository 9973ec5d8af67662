/** The book as it stands before any scenario: at the marks that it states, else at its entries. */
import type { Book } from '../../model/book.ts';
import { type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../../model/money.ts';
import type { StressResult } from '../stress-result.ts';

/** Places after the point of what is reported. */
const DOLLAR_SCALE = scaleOf('USDT');

/** Equity counts stated collateral at its price, a dollar without one at 1, after its haircut. */
export function portfolioOf(book: Book): StressResult['portfolio'] {
  const positions = book.positions.map((position) => {
    const { account, symbol, type, qty, entry, leverage, marginMode, contract } = position;
    const mark = money(position.mark ?? entry);
    const exposure = contract === 'linear' ? money(qty).times(mark) : money(qty);
    const result = contract === 'linear' ? mark.minus(entry).times(qty) : inverseResult(position, mark);
    return {
      value: type === 'spot' ? exposure.times(money(1).minus(position.haircut)) : result,
      exposure,
      told: {
        account,
        symbol,
        type,
        qty,
        entry,
        mark: moneyText(mark),
        exposure: moneyText(roundAgainst(exposure, DOLLAR_SCALE)),
        leverage,
        marginMode,
      },
    };
  });
  const wallets = book.accounts.flatMap(({ currency, collateral }) =>
    collateral.map(({ asset, qty, price, haircut }) =>
      money(qty)
        .times(price ?? 1)
        .times(money(1).minus(asset === currency ? 0 : haircut)),
    ),
  );
  const equity = sumOf([...wallets, ...positions.map(({ value }) => value)]);
  const gross = sumOf(positions.map(({ exposure }) => exposure.abs()));
  return {
    currency: book.accounts[0]?.currency ?? 'USDT',
    equity: moneyText(roundAgainst(equity, DOLLAR_SCALE)),
    grossExposure: moneyText(roundAgainst(gross, DOLLAR_SCALE)),
    netExposure: moneyText(roundAgainst(sumOf(positions.map(({ exposure }) => exposure)), DOLLAR_SCALE)),
    leverage: equity.greaterThan(0) ? gross.div(equity).toNumber() : null,
    positions: positions.map(({ told }) => told),
  };
}

/** In the currency that the notional is in. */
function inverseResult({ qty, entry }: Book['positions'][number], mark: Money): Money {
  return money(1).div(entry).minus(money(1).div(mark)).times(qty).times(mark);
}

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, one) => sum.plus(one), zero);
}

/** The result of the value-at-risk study as its reports carry it. Money is a decimal text; losses are >= 0, `Raw` ones signed. */
import { z } from 'zod';
import { backtestRow, rankingRow } from './var/backtest-result.ts';
import { varMethods } from './var/methods.ts';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const nullable = z.number().nullable();
const confidence = z.number();

const interval = z
  .strictObject({
    low: money.nullable(),
    high: money.nullable(),
    reason: z.string().nullable().describe('Why an end is null'),
  })
  .describe('In money, signed as varRaw is');

const parameter = z.strictObject({
  name: z.string(),
  value: z.number(),
  standardError: nullable.describe('null where the method has none, or none to be trusted'),
});

const row = z.strictObject({
  method: z.enum(varMethods),
  confidence,
  var: money.nullable().describe('max(0, varRaw) over the horizon; null where the method is refused'),
  varFraction: nullable.describe('Of the equity; null also where there is none'),
  es: money.nullable().describe('Mean loss beyond the VaR; null also where that mean does not exist'),
  esFraction: nullable,
  varRaw: money.nullable().describe('Below 0 where even the tail gains'),
  varInterval: interval,
  esInterval: interval,
  liquidityAdjustedVar: money.nullable().describe('var + the cost of leaving the whole book at once'),
  valid: z.boolean().describe('Whether the assumptions of the method hold for this window'),
  reason: z.string().nullable().describe('What is missing or doubtful; null where nothing is'),
  parameters: z.array(parameter).describe('Of returns per unit of gross exposure'),
});

const scaledRow = row
  .pick({ method: true, confidence: true, var: true, varFraction: true, es: true, esFraction: true })
  .extend({ valid: z.boolean(), reason: z.string().nullable() });

const leg = {
  account: z.string(),
  symbol: z.string(),
  kind: z.enum(['perp', 'spot', 'collateral']),
  exposure: money.describe('What its value changes by per unit of a small move, signed'),
};

const component = z.strictObject({
  method: z.enum(['historical', 'normal']),
  confidence,
  ...leg,
  marginalVar: nullable.describe('What varRaw rises by for a unit of exposure more, in the direction held'),
  marginalEs: z.number(),
  componentVar: money.nullable().describe('They sum to varRaw; historical: shared as the ES is'),
  componentEs: money.describe('They sum to the ES'),
  share: nullable.describe('Of varRaw'),
  incrementalVar: money.describe('varRaw less that of the book without it: these do not add up'),
  incrementalEs: money,
});

const diversification = z.strictObject({
  method: z.enum(['historical', 'normal']),
  confidence,
  standalone: money.describe('Sum of the VaR of each leg alone'),
  var: money.describe('Of the book'),
  benefit: money,
  benefitShare: nullable.describe('Of the sum'),
});

const matrix = z.array(z.array(nullable));

export const varResult = z.strictObject({
  portfolio: z.strictObject({
    currency: z.string(),
    equity: money.describe('As the venue counts it, at the prices of now'),
    grossExposure: money,
    netExposure: money,
    leverage: nullable.describe('Gross exposure / equity'),
    asOf: z.number().describe('The end of the last return, UTC ms'),
    positions: z.array(
      z.strictObject({
        ...leg,
        contract: z.enum(['linear', 'inverse']),
        qty: z.string(),
        price: z.number().describe('The mark that the book states, else the last close'),
        proxy: z.string().nullable().describe('Whose moves it takes where it has none of its own'),
      }),
    ),
    concentration: z.strictObject({
      largest: z.string(),
      largestShare: z.number().describe('Of the gross exposure'),
      herfindahl: z.number().describe('Sum of squared shares of the symbols'),
      effective: z.number().describe('1 / herfindahl: as many equal symbols are as concentrated'),
    }),
  }),
  window: z.strictObject({
    horizon: z.number().describe('ms'),
    returns: z.number().int().describe('How many there are'),
    asked: z.number().int(),
    from: z.number().describe('Start of the first return, UTC ms'),
    to: z.number(),
    overlapping: z.boolean(),
    dropped: z
      .number()
      .int()
      .describe('Periods of a symbol without a move, as bars are missing, over the whole of the data'),
    kind: z.enum(['simple', 'log']),
    quantile: z.enum(['linear', 'lower', 'higher']),
    mean: z.number().describe('Of the returns of the book per unit of gross exposure'),
    sd: z.number(),
    worst: money.describe('The largest loss in the window'),
    worstAt: z.number(),
    distribution: z
      .array(z.strictObject({ from: z.number(), to: z.number(), count: z.number().int() }))
      .describe('Gains as fractions of the gross exposure'),
  }),
  methods: z.array(row),
  sqrtTime: z
    .array(scaledRow)
    .nullable()
    .describe('One day times the root of the days; null where not asked for'),
  components: z.array(component),
  diversification: z.array(diversification),
  correlation: z
    .strictObject({
      symbols: z.array(z.string()),
      pearson: matrix,
      spearman: matrix,
      lowerTail: matrix.describe(
        'P(both in their lowest share | one is); null where a tail is under 10 returns',
      ),
      tailShare: z.number(),
    })
    .describe('Of the returns of the symbols, row by row; null where one never changes'),
  crisis: z
    .strictObject({
      correlation: z.number(),
      rows: z.array(z.strictObject({ confidence, sampleVar: money, sampleEs: money, var: money, es: money })),
    })
    .nullable()
    .describe('Normal, with at least that correlation between coins; null where not asked for'),
  stressed: z
    .strictObject({
      scenario: z.string(),
      title: z.string(),
      from: z.number(),
      to: z.number(),
      returns: z.number().int().describe('Overlapping periods, one that ends with each bar of the scenario'),
      mapping: z.array(
        z.strictObject({
          symbol: z.string(),
          by: z.enum(['points', 'proxy', 'beta', 'default']),
          of: z.string(),
          joined: z.boolean().describe('Whether these prices are points that are joined'),
        }),
      ),
      worst: money,
      worstAt: z.number(),
      rows: z.array(
        row.pick({ confidence: true, varFraction: true, esFraction: true }).extend({
          ...{ var: money, es: money, varRaw: money },
          valid: z.boolean().describe('Whether as many periods fit side by side as the confidence needs'),
          reason: z.string().nullable(),
        }),
      ),
    })
    .nullable()
    .describe('The window of a scenario, historical; null where none is named'),
  liquidity: z.strictObject({
    exitCost: money.describe('Half the spread, impact and taker fee of leaving the whole book at once'),
    positions: z.array(
      z.strictObject({
        symbol: z.string(),
        halfSpread: money,
        impact: money
          .nullable()
          .describe(
            'null where no volume is known, or its unit: inverse markets count in coins, dollars or contracts',
          ),
        fee: money,
      }),
    ),
    reason: z.string().nullable(),
  }),
  backtests: z.array(backtestRow).describe('Over the whole history; empty where not asked for'),
  ranking: z.array(rankingRow).describe('By FZ0; empty where not asked for'),
  liquidationProbability: z.strictObject({
    probability: nullable.describe('That some margin scope is liquidated within the horizon'),
    standardError: nullable.describe('Of the simulation alone'),
    probabilityInterval: z.strictObject({ low: nullable, high: nullable }).describe("Wilson's"),
    paths: z.number().int(),
    steps: z.number().int().describe('In the horizon; margins are read after each'),
    step: z.number().describe('ms'),
    rows: z.number().int().describe('Past returns that are drawn from'),
    scopes: z.array(
      z.strictObject({
        account: z.string(),
        symbol: z.string().nullable().describe('Of an isolated position; null: what shares one margin'),
        asset: z.string(),
        probability: z.number(),
      }),
    ),
    reason: z.string().nullable(),
  }),
});

export type VarResult = z.infer<typeof varResult>;
export type VarRow = z.infer<typeof row>;
export type ComponentRow = z.infer<typeof component>;
export type DiversificationRow = z.infer<typeof diversification>;

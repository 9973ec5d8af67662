/** Every row of the source documents' tables of rules and defaults. */
import type { Row } from './row.ts';
import { rows as s0 } from './s0.ts';
import { rows as s1 } from './s1.ts';
import { rows as s2 } from './s2.ts';
import { rows as s3 } from './s3.ts';
import { rows as s4 } from './s4.ts';

export const rows: readonly Row[] = [...s0, ...s1, ...s2, ...s3, ...s4];

type Elsewhere = { readonly document: Row['document']; readonly row: string; readonly why: string };

const models = 'a check of models, for which the engine has room and no guard yet (DESIGN 3)';
const world = 'a world to be replayed, and no threshold';

/** Rows that no key of the configuration can hold today, with the reason: none is left out silently. */
export const elsewhere: readonly Elsewhere[] = [
  { document: 'S0', row: 'MLRiskMonitor: min_sharpe 0.5', why: models },
  { document: 'S0', row: 'MLRiskMonitor: min_win_rate 0.45', why: models },
  {
    document: 'S0',
    row: 'MLRiskMonitor: min_confidence 0.70; AsyncRiskChecker: confidence < 0.7',
    why: models,
  },
  { document: 'S0', row: 'MLRiskMonitor: min_data_quality 0.80', why: models },
  { document: 'S0', row: 'ModelEnsembleProtection: consensus_threshold 0.7', why: models },
  { document: 'S0', row: 'MLRiskPredictor: contamination 0.1', why: models },
  {
    document: 'S0',
    row: 'AlertManager: channels by severity',
    why: 'decisions carry their severity; nothing is sent yet',
  },
  { document: 'S1', row: 'modes: confidence 80 % and 60 %, uncertainty 20 % and 40 %', why: models },
  {
    document: 'S1',
    row: 'circuit breakers: model performance; emergency stop: model degradation',
    why: models,
  },
  {
    document: 'S1',
    row: 'alerting: info, warning, critical, emergency',
    why: 'every decision carries its severity; there is nothing to set',
  },
  {
    document: 'S2',
    row: 'table of leverage, liquidation and funding drain',
    why: 'results of formulas, and no rules',
  },
  {
    document: 'S2',
    row: 'scenarios, cascading liquidations: fractional Kelly limits position size',
    why: 'a size is asked for with risk size, and no guard cuts an order to it',
  },
  {
    document: 'S2',
    row: 'daily-loss-limit: max_loss_usdc 50, close_all_and_halt; LiquidationGuard: daily_loss_limit 100 USDC',
    why: 'an amount of one account, which its portfolio file states (dailyLossLimits)',
  },
  {
    document: 'S2',
    row: 'checklist: monitor funding every 4 hours',
    why: 'a rate is learnt when it settles (RULES 2.4)',
  },
  {
    document: 'S2',
    row: 'getting started: 2x leverage until the guard is tested',
    why: 'advice to a person; conservative caps at 2',
  },
  {
    document: 'S3',
    row: '29.5.1 execution methods: market, limit, stop, algorithmic',
    why: 'orders of the engine go to market; slices are keys of the account levels',
  },
  {
    document: 'S3',
    row: '29.5.2 liquidation validation; 29.9.1 recovery alerts',
    why: 'rules without a threshold: after-execution and recovered of the account levels, always on',
  },
  {
    document: 'S3',
    row: '29.9.2 notification channels',
    why: 'decisions carry their severity; nothing is sent yet',
  },
  {
    document: 'S4',
    row: 'stress testing, hypothetical: correlation 0.9, spread x10, simultaneous stops',
    why: world,
  },
  {
    document: 'S4',
    row: 'historical VaR: 95 %, 252 days',
    why: 'a measure of a study that is still to come',
  },
];

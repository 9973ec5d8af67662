/** Flags of every command that asks the simulated exchange. */
import { liquidationProfiles } from '../venue/venue-spec.ts';
import type { PathFlag } from './flags.ts';
import { numberValue } from './option-values.ts';

export const venueFlags: readonly PathFlag[] = [
  {
    flags: '--venue <name>',
    path: 'venue.name',
    help: 'the venue of a journal, or of a position given by flags',
  },
  {
    flags: '--margin-mode <mode>',
    path: 'venue.marginMode',
    help: 'how a journal, or a position given by flags, is margined',
    choices: ['isolated', 'cross'],
  },
  {
    flags: '--liquidation <profile>',
    path: 'venue.liquidation',
    help: 'how the venue liquidates, instead of its own way',
    choices: [...liquidationProfiles],
  },
  {
    flags: '--taker-fee <f>',
    path: 'venue.fees.taker',
    help: 'a fraction, 0.0005 for 5 bps',
    parse: numberValue,
  },
  {
    flags: '--maker-fee <f>',
    path: 'venue.fees.maker',
    help: 'a fraction; below 0 for a rebate',
    parse: numberValue,
  },
  {
    flags: '--liquidation-fee <f>',
    path: 'venue.fees.liquidation',
    help: 'of the liquidated notional, a fraction',
    parse: numberValue,
  },
  {
    flags: '--half-spread-bps <n>',
    path: 'venue.slippage.halfSpreadBps',
    help: 'half of the bid-ask spread',
    parse: numberValue,
  },
  {
    flags: '--impact <y>',
    path: 'venue.slippage.impactCoefficient',
    help: 'coefficient of the impact law; 0 for none',
    parse: numberValue,
  },
  {
    flags: '--flat-funding <f>',
    path: 'venue.flatFunding',
    help: 'rate per settlement where no file states one',
    parse: numberValue,
  },
];

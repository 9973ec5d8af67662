/** The one tree of the configuration, joined from the parts that each module exports. */
import { z } from 'zod';
import { engineConfig } from '../engine/engine-config.ts';
import { guardsConfig } from '../engine/guards-config.ts';
import { dataConfig } from '../io/data-config.ts';
import { backtestStopsConfig } from '../studies/backtest-stops-config.ts';
import { checkConfig } from '../studies/check-config.ts';
import { fundingConfig } from '../studies/funding-config.ts';
import { marginConfig } from '../studies/margin-config.ts';
import { replayConfig } from '../studies/replay-config.ts';
import { sizeConfig } from '../studies/size-config.ts';
import { stressConfig } from '../studies/stress-config.ts';
import { varConfig } from '../studies/var-config.ts';
import { venueConfig } from '../venue/venue-config.ts';
import { envs, modes } from './profile-names.ts';

export const configTree = z.strictObject({
  env: z.enum(envs).describe('Which environment overlay applies'),
  mode: z.enum(modes).describe('Which mode overlay applies'),
  data: dataConfig,
  venue: venueConfig,
  engine: engineConfig,
  guards: guardsConfig,
  studies: z.strictObject({
    'backtest-stops': backtestStopsConfig,
    replay: replayConfig,
    margin: marginConfig,
    funding: fundingConfig,
    check: checkConfig,
    stress: stressConfig,
    size: sizeConfig,
    var: varConfig,
  }),
});

export type ConfigTree = z.output<typeof configTree>;

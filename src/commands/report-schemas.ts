/** The schema of the JSON report of every command that has one; `risk schema` prints them, tests parse by them. */
import type { z } from 'zod';
import { configResult } from '../io/config-result.ts';
import { reportSchema } from '../model/report.ts';
import { backtestStopsResult } from '../studies/backtest-stops-result.ts';
import { configTree } from './config-tree.ts';

export const reportSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['backtest-stops', reportSchema('backtest-stops', configTree, backtestStopsResult)],
  ['config', reportSchema('config', configTree, configResult)],
]);

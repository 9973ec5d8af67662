/** The schema of the JSON report of every command that has one; `risk schema` prints them, tests parse by them. */
import type { z } from 'zod';
import { auditShowResult } from '../io/audit-show-result.ts';
import { auditVerifyResult } from '../io/audit-verify-result.ts';
import { configResult } from '../io/config-result.ts';
import { dataConvertResult } from '../io/data-convert-result.ts';
import { scenariosListResult } from '../io/scenarios-list-result.ts';
import { scenariosValidateResult } from '../io/scenarios-validate-result.ts';
import { reportSchema } from '../model/report.ts';
import { backtestStopsResult } from '../studies/backtest-stops-result.ts';
import { checkResult } from '../studies/check-result.ts';
import { dataDescribeResult } from '../studies/data-describe-result.ts';
import { dataInspectResult } from '../studies/data-inspect-result.ts';
import { fundingBreakerResult } from '../studies/funding-breaker-result.ts';
import { fundingReplayResult } from '../studies/funding-replay-result.ts';
import { fundingTableResult } from '../studies/funding-table-result.ts';
import { marginResult } from '../studies/margin-result.ts';
import { replayResult } from '../studies/replay-result.ts';
import { sizeResult } from '../studies/size-result.ts';
import { stressResult } from '../studies/stress-result.ts';
import { varResult } from '../studies/var-result.ts';
import { configTree } from './config-tree.ts';

export const reportSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['backtest-stops', reportSchema('backtest-stops', configTree, backtestStopsResult)],
  ['config', reportSchema('config', configTree, configResult)],
  ['data inspect', reportSchema('data inspect', configTree, dataInspectResult)],
  ['data describe', reportSchema('data describe', configTree, dataDescribeResult)],
  ['funding table', reportSchema('funding table', configTree, fundingTableResult)],
  ['funding replay', reportSchema('funding replay', configTree, fundingReplayResult)],
  ['funding breaker', reportSchema('funding breaker', configTree, fundingBreakerResult)],
  ['margin', reportSchema('margin', configTree, marginResult)],
  ['check', reportSchema('check', configTree, checkResult)],
  ['replay', reportSchema('replay', configTree, replayResult)],
  ['data convert', reportSchema('data convert', configTree, dataConvertResult)],
  ['audit verify', reportSchema('audit verify', configTree, auditVerifyResult)],
  ['audit show', reportSchema('audit show', configTree, auditShowResult)],
  ['scenarios list', reportSchema('scenarios list', configTree, scenariosListResult)],
  ['scenarios validate', reportSchema('scenarios validate', configTree, scenariosValidateResult)],
  ['size', reportSchema('size', configTree, sizeResult)],
  ['stress', reportSchema('stress', configTree, stressResult)],
  ['var', reportSchema('var', configTree, varResult)],
]);

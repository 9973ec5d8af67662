/** Decisions of the protected run as a report tells them. */
import type { ReplayResult } from '../replay-result.ts';
import type { Driven } from './scene.ts';

/** All of them; where there are more than `limit`, what acted, and of that the first. */
export function timelineOf({ run }: Pick<Driven, 'run'>, limit: number): ReplayResult['timeline'] {
  const log = run.protection?.state.log ?? [];
  const acts = log.filter(({ kind }) => kind !== 'alert' && kind !== 'allow');
  const chosen = log.length <= limit ? log : acts;
  const { symbols } = run.path;
  return {
    total: log.length,
    shown: chosen.slice(0, limit).map((one) => ({
      time: Math.round(one.time),
      guard: one.guard,
      kind: one.kind,
      rule: one.rule,
      severity: one.severity,
      symbol: one.about.symbol === null ? null : (symbols[one.about.symbol] ?? null),
      qty: one.effect !== null && 'qty' in one.effect ? one.effect.qty : null,
      price: one.effect?.kind === 'set-stop' ? one.effect.price : null,
      measure: one.measure,
      observed: one.observed,
      threshold: one.threshold,
      stands: one.stands,
    })),
  };
}

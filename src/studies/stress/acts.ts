/** What protection did in a run: the decisions of its guards, and the stops of theirs that the venue filled. */
import type { Ran } from '../replay/scene.ts';
import type { ScenarioResult } from '../stress-result.ts';

type Told = ScenarioResult['decisions'][number];

/** Neither changes anything. */
const SILENT: readonly string[] = ['alert', 'allow'];

/** In order of time, a fill before what was decided at its moment: guards hear of it first. */
export function actsOf({ run }: Ran): Told[] {
  const { protection, fills, path } = run;
  if (protection === null) return [];
  const { log, placed } = protection.state;
  const nameOf = (symbol: number | null) => (symbol === null ? null : (path.symbols[symbol] ?? null));
  const decided = log
    .filter(({ kind, stands }) => stands && !SILENT.includes(kind))
    .map(
      ({ time, guard, kind, rule, severity, about, measure, observed, threshold, effect }): Told => ({
        time: Math.round(time),
        guard,
        kind,
        rule,
        severity,
        symbol: nameOf(about.symbol),
        price: effect?.kind === 'set-stop' ? effect.price : null,
        measure,
        observed,
        threshold,
      }),
    );
  const stopped = fills
    .filter(({ cause, order }) => cause === 'stop' && order !== null && placed.includes(order))
    .map(({ time, symbol, position, price }): Told => {
      const setting = log.findLast(
        ({ kind, about, effect, time: since }) =>
          kind === 'set-stop' &&
          about.symbol === symbol &&
          since <= time &&
          (effect?.kind !== 'set-stop' || effect.side === position),
      );
      const trigger = setting?.effect?.kind === 'set-stop' ? setting.effect.price : null;
      return {
        time: Math.round(time),
        guard: 'stops',
        kind: 'stop',
        rule: setting?.rule ?? 'stop',
        severity: 'info',
        symbol: nameOf(symbol),
        price,
        measure: 'price',
        observed: price,
        threshold: trigger,
      };
    });
  return [...stopped, ...decided].sort((a, b) => a.time - b.time);
}

/** The first that changes something: a stop that is put changes nothing until it fills. */
export function firstOf(acts: readonly Told[]): ScenarioResult['firstDecision'] {
  const first = acts.find(({ kind }) => kind !== 'set-stop');
  if (first === undefined) return null;
  const { time, guard, rule, kind, symbol } = first;
  return { time, guard, rule, kind, symbol };
}

/**
 * Emergency stop: everything is closed, and nothing opens before an operator says so.
 *
 * Source  S1 (emergency stop system: consecutive losses, portfolio drawdown, system-wide failures, manual override with manual
 * recovery; several breakers at once are of level Emergency), S0 (max_drawdown 0.20); RULES 3.1, 3.7
 */
import type { Finding } from '../decision.ts';
import type { Fill } from '../event.ts';
import type { Guard, Say } from '../guard.ts';
import { createLimit, followCount, type LimitState } from '../limit-alerts.ts';
import { createLossLimit, type LossLimit, lookAtLoss, lossOf, offText, watchLoss } from '../loss-limit.ts';
import { isHalted, positionKey, type View } from '../view.ts';
import type { EmergencyStopConfig } from './emergency-stop-config.ts';

type EmergencyStopState = {
  readonly config: EmergencyStopConfig;
  readonly drawdown: LossLimit;
  /** Losing closes in a row. */
  losses: number;
  /** What has been realised of positions that are still open. */
  partly: { readonly key: string; readonly realised: number }[];
  /** Whether as many breakers halt as stop everything: they do once, as the last of them begins. */
  crowded: boolean;
  readonly shares: Readonly<Record<'losses' | 'breakers', LimitState>>;
  /** Why everything is being closed; null while nothing is. What the venue did not take is asked for again. */
  closing: Finding | null;
};

export const emergencyStop: Guard<EmergencyStopConfig, EmergencyStopState> = {
  name: 'emergency-stop',
  init: (config, { alertShares }) => ({
    config,
    drawdown: createLossLimit('drawdown', 'drawdown', config.drawdown, alertShares),
    losses: 0,
    partly: [],
    crowded: false,
    shares: { losses: createLimit(alertShares), breakers: createLimit(alertShares) },
    closing: null,
  }),
  watch: ({ drawdown, crowded, config: { breakersAtOnce } }, view, bounds) => {
    watchLoss(drawdown, bounds);
    // The breakers speak after it: what they have begun is looked at right after.
    if (breakersAtOnce !== null && !crowded && standing(view) >= breakersAtOnce) bounds.wake(view.time + 1);
  },
  on: {
    order: (view, own, _, say) => tellUses(view, own, say),
    marks: (view, own, _, say) => look(view, own, say),
    clock: (view, own, _, say) => look(view, own, say),
    'bar-close': (view, own, _, say) => look(view, own, say),
    transfer: (view, own, _, say) => look(view, own, say),
    fill: (view, own, { fill }, say) => {
      countLoss(view, own, fill, say);
      look(view, own, say);
    },
    'order-state': (view, own, { state }, say) => {
      look(view, own, say);
      if (own.closing === null || state !== 'rejected') return;
      for (const position of view.positions) say.close(position, own.closing);
    },
    operator: (view, own, { action, of }, say) => {
      if (action === 'halt') stop(view, own, { ...emergency('operator'), measure: 'operator' }, say);
      else {
        if (of === undefined || of.guard === 'emergency-stop') goOn(view, own, of?.rule ?? null, say);
        look(view, own, say);
      }
    },
  },
  rules: ({ config }) => [
    { rule: 'consecutive-losses', dead: offText(config.consecutiveLosses) },
    { rule: 'drawdown', dead: offText(config.drawdown) },
    { rule: 'breakers-at-once', dead: offText(config.breakersAtOnce) },
    { rule: 'operator', dead: null },
  ],
};

/** What stands, whatever the order: it is the halt that denies. */
function tellUses(view: View, own: EmergencyStopState, say: Say): void {
  const { drawdown, consecutiveLosses, breakersAtOnce } = own.config;
  const tell = (rule: string, use: number) => say.use(rule, use, use);
  if (drawdown !== null) tell('drawdown', Math.max(0, lossOf(view, 'drawdown')) / drawdown);
  if (consecutiveLosses !== null) tell('consecutive-losses', own.losses / consecutiveLosses);
  if (breakersAtOnce !== null) tell('breakers-at-once', standing(view) / breakersAtOnce);
}

/** An operator resumes: what has stopped by one rule, or by all of them. */
function goOn(view: View, own: EmergencyStopState, rule: string | null, say: Say): void {
  if (!view.halts.some(({ guard }) => guard === 'emergency-stop')) own.closing = null;
  if (rule !== null && rule !== 'consecutive-losses') return;
  own.losses = 0;
  own.partly = [];
  followLosses(view, own, say);
}

function emergency(rule: string): Finding {
  return { rule, severity: 'emergency', measure: rule, observed: null, threshold: null };
}

function stop(view: View, own: EmergencyStopState, finding: Finding, say: Say): void {
  if (isHalted(view, 'emergency-stop', finding.rule)) return;
  own.closing = finding;
  for (const position of view.positions) say.close(position, finding);
  say.halt(finding, null, true);
}

function look(view: View, own: EmergencyStopState, say: Say): void {
  const finding = lookAtLoss(own.drawdown, view, say, 'emergency');
  if (finding !== null) stop(view, own, finding, say);
  const { breakersAtOnce } = own.config;
  if (breakersAtOnce === null) return;
  const observed = standing(view);
  const about = { rule: 'breakers-at-once', measure: 'breakers', observed };
  followCount(own.shares.breakers, { ...about, time: view.time }, breakersAtOnce, say);
  const before = own.crowded;
  own.crowded = observed >= breakersAtOnce;
  say.on('breakers-at-once', own.crowded);
  if (!own.crowded || before) return;
  stop(view, own, { ...about, severity: 'emergency', threshold: breakersAtOnce }, say);
}

/** How many circuit breakers halt. */
function standing({ halts }: View): number {
  return new Set(halts.filter(({ guard }) => guard === 'circuit-breakers').map(({ rule }) => rule)).size;
}

function followLosses({ time }: View, own: EmergencyStopState, say: Say): void {
  const { consecutiveLosses } = own.config;
  if (consecutiveLosses === null) return;
  const counted = { rule: 'consecutive-losses', measure: 'lossesInARow', observed: own.losses, time };
  followCount(own.shares.losses, counted, consecutiveLosses, say);
  say.on('consecutive-losses', own.losses >= consecutiveLosses);
}

/**
 * A close counts as its position ends, with what was sold of it before: one that is sold in slices is lost once. A gain ends
 * the row. Closes of the stop itself are its consequence.
 */
function countLoss(view: View, own: EmergencyStopState, fill: Fill, say: Say): void {
  const { opening, account, symbol, position: side, left } = fill;
  if (opening || own.closing !== null) return;
  const key = positionKey({ account, symbol, side });
  const before = own.partly.find((one) => one.key === key)?.realised ?? 0;
  const realised = before + fill.realised;
  own.partly = own.partly.filter((one) => one.key !== key);
  if (left > 0) own.partly.push({ key, realised });
  if (left > 0 || realised === 0) return;
  own.losses = realised < 0 ? own.losses + 1 : 0;
  const { consecutiveLosses } = own.config;
  if (consecutiveLosses === null) return;
  followLosses(view, own, say);
  if (own.losses < consecutiveLosses) return;
  const about = { ...emergency('consecutive-losses'), measure: 'lossesInARow' };
  stop(view, own, { ...about, observed: own.losses, threshold: consecutiveLosses }, say);
}

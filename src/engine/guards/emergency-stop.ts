/**
 * Emergency stop: everything is closed, and nothing opens before an operator says so.
 *
 * Source  S1 (emergency stop system: consecutive losses, portfolio drawdown, system-wide failures, manual override with manual
 * recovery; several breakers at once are of level Emergency), S0 (max_drawdown 0.20); RULES 3.1, 3.7
 */
import type { Finding } from '../decision.ts';
import type { Fill } from '../event.ts';
import type { Guard, Say } from '../guard.ts';
import { createLossLimit, type LossLimit, lookAtLoss, offText, watchLoss } from '../loss-limit.ts';
import { isHalted, type View } from '../view.ts';
import type { EmergencyStopConfig } from './emergency-stop-config.ts';

type EmergencyStopState = {
  readonly config: EmergencyStopConfig;
  readonly drawdown: LossLimit;
  /** Losing closes in a row. */
  losses: number;
  /** Why everything is being closed; null while nothing is. What the venue did not take is asked for again. */
  closing: Finding | null;
};

export const emergencyStop: Guard<EmergencyStopConfig, EmergencyStopState> = {
  name: 'emergency-stop',
  init: (config) => ({
    config,
    drawdown: createLossLimit('drawdown', 'drawdown', config.drawdown),
    losses: 0,
    closing: null,
  }),
  watch: ({ drawdown }, _, bounds) => watchLoss(drawdown, bounds),
  on: {
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
    operator: (view, own, { action }, say) => {
      if (action === 'halt') stop(view, own, { ...emergency('operator'), measure: 'operator' }, say);
      else {
        own.closing = null;
        own.losses = 0;
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
  const standing = new Set(
    view.halts.filter((one) => one.guard === 'circuit-breakers').map(({ rule }) => rule),
  );
  const broken = standing.size >= breakersAtOnce;
  say.on('breakers-at-once', broken);
  if (!broken) return;
  const about = { ...emergency('breakers-at-once'), measure: 'breakers' };
  stop(view, own, { ...about, observed: standing.size, threshold: breakersAtOnce }, say);
}

/** A close counts where it realised a result; a gain ends the row. Closes of the stop itself are its consequence. */
function countLoss(view: View, own: EmergencyStopState, { opening, realised }: Fill, say: Say): void {
  if (opening || realised === 0 || own.closing !== null) return;
  own.losses = realised < 0 ? own.losses + 1 : 0;
  const { consecutiveLosses } = own.config;
  if (consecutiveLosses === null) return;
  say.on('consecutive-losses', own.losses >= consecutiveLosses);
  if (own.losses < consecutiveLosses) return;
  const about = { ...emergency('consecutive-losses'), measure: 'lossesInARow' };
  stop(view, own, { ...about, observed: own.losses, threshold: consecutiveLosses }, say);
}

import type { GuardName } from '../../src/engine/decision.ts';
import type { Say } from '../../src/engine/guard.ts';
import { createVoice, type Said } from '../../src/engine/said.ts';

/** The voice of a guard that speaks to one listener. */
export function sayOf(said: Said, guard: GuardName): Say {
  const voice = createVoice(guard);
  voice.listener = said;
  return voice.say;
}

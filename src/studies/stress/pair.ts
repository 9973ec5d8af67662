/** One path of a scenario, driven with protection and without. */
import type { RunResult } from '../../replay/run-result.ts';
import type { Legs } from '../../replay/run-state.ts';
import { type Ran, runTrack } from '../replay/scene.ts';
import type { StressInputs, StressTree } from './inputs.ts';
import type { Stage } from './stage.ts';
import { type Built, buildTrack } from './track.ts';

export type Pair = { readonly built: Built; readonly guarded: Ran; readonly bare: Ran };

export type Asked = {
  readonly stage: Stage;
  readonly inputs: StressInputs;
  readonly tree: StressTree;
  readonly seed: number;
};

export function pairOf({ tree }: Pick<Asked, 'tree'>, built: Built, legs: Legs, withLevels: boolean): Pair {
  const drive = (guards: StressTree['engine']['guards']) =>
    runTrack(built.scene, built.track, { legs, guards, withLevels, listen: null });
  return { built, guarded: drive(tree.engine.guards), bare: drive([]) };
}

/** The pair that a verdict rests on. */
export function mainPair({ stage, inputs, tree, seed }: Asked, scale: number): Pair {
  const { intrabar, legs } = tree.studies.stress;
  const built = buildTrack(stage, inputs, tree, { scale, seed, policy: intrabar });
  return pairOf({ tree }, built, legs, true);
}

export function endsOf({ guarded, bare }: Pair): { unprotected: RunResult; protected: RunResult } {
  return { unprotected: bare.result, protected: guarded.result };
}

/** One run of the pessimistic path alone, at a scale of its own. */
export function driveAlone(
  { stage, inputs, tree, seed }: Asked,
  scale: number,
  guards: StressTree['engine']['guards'],
): Ran {
  const { intrabar, legs } = tree.studies.stress;
  const { scene, track } = buildTrack(stage, inputs, tree, { scale, seed, policy: intrabar });
  return runTrack(scene, track, { legs, guards, withLevels: false, listen: null });
}

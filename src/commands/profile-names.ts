/** The overlays of the configuration that `--env` and `--mode` name: files of data/profiles. */

export const envs = ['development', 'staging', 'production'] as const;
export const modes = ['conservative', 'moderate', 'aggressive', 'speculative', 'paper'] as const;

/** Circuit breakers beside a small book, for the tests of each of their parts. */
import { withConfig } from '../../src/engine/engine.ts';
import { circuitBreakers } from '../../src/engine/guards/circuit-breakers.ts';
import type { CircuitBreakersConfig } from '../../src/engine/guards/circuit-breakers-config.ts';
import { type EngineScene, type EngineSettings, engineScene } from './engine-scene.ts';
import { bookOf, positionOf } from './venue-scene.ts';

export const halt = { action: 'halt', resume: 'day', cooldownHours: 24 } as const;
export const off: CircuitBreakersConfig = {
  dailyLoss: { limit: null, ...halt },
  drawdown: { limit: null, ...halt },
  volatility: { limit: null, ...halt },
  tradeCount: { limit: null, ...halt },
  executionFailures: { limit: null, window: 4, ...halt },
  dataSanity: { moveSigmas: null, markGap: null, silenceSeconds: null },
};

export type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: Partial<CircuitBreakersConfig>;
};

/** 1000 and a long of 10 at 100: equity is 10 x the price, so that a price of 97 is a loss of 3 %. */
export function sceneOf({ config = {}, ...rest }: Setting = {}): EngineScene {
  const held = positionOf({ qty: '10', entry: '100', leverage: 5, marginMode: 'cross' });
  return engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 1],
    book: bookOf([held], { balance: '1000', marginMode: 'cross' }),
    guards: [withConfig(circuitBreakers, { ...off, ...config })],
    ...rest,
  });
}

/** The text of a scenario file, YAML or JSON, as a scenario; what cannot be is refused with its line. */
import { basename } from 'node:path';
import type { LinkedAsset, OurFault, Scenario, StatedAsset, VenueAction } from '../model/scenario.ts';
import { checkScenario, isStated } from './scenario-checks.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import { scenarioText } from './scenario-text.ts';
import type { Refuse } from './stated-text.ts';

/**
 * The scenario that a text states.
 *
 * @param file for messages; without folder and ending it is the id
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, SCENARIO
 */
export function readScenario(text: string, file: string): Scenario {
  const { content, refuse } = scenarioText(text, file);
  checkName(content.id, file, refuse);
  checkScenario(content, refuse);
  const { correlation, cascade, gap, liquidity, collateral, shocks } = content;
  const { id, title, kind, origin, story, sources, claims } = content;
  const { start, end, interval, prices, spread, depth, notModelled } = content;
  return {
    id,
    title,
    kind,
    origin,
    story,
    sources,
    claims,
    start,
    end,
    interval,
    prices,
    stated: statedOf(content),
    linked: linkedOf(content),
    factor:
      correlation === undefined
        ? null
        : {
            correlation: correlation.value,
            of: correlation.of,
            sigmas: listOf(correlation.sigmas, (asset, sigma) => ({ asset, sigma })),
          },
    cascade: cascade ?? null,
    gaps: listOf(gap, (asset, points) => ({ asset, points })),
    funding: content.funding.map(({ asset, every, rates }) => ({ asset, interval: every, rates })),
    spread,
    depth,
    depths: listOf(liquidity, (asset, notional) => ({ asset, notional })),
    collateral: listOf(collateral, (asset, points) => ({ asset, points })),
    venue: content.venue.map(actionOf),
    faults: content.faults.map(faultOf),
    shocks: listOf(shocks, (asset, move) => ({ asset, move })),
    notModelled,
  };
}

function checkName(id: string, file: string, refuse: Refuse): void {
  const name = basename(file).replace(/\.(ya?ml|json)$/i, '');
  if (id === name) return;
  refuse(
    'id',
    `id must equal the name of the file, ${name}, was ${id}`,
    `Write id: ${name}, or rename the file`,
  );
}

function listOf<V, R>(record: Readonly<Record<string, V>>, make: (name: string, value: V) => R): R[] {
  return Object.entries(record).map(([name, value]) => make(name, value));
}

function statedOf({ assets }: ScenarioFile): StatedAsset[] {
  return Object.entries(assets).flatMap(([asset, one]) => {
    if (!isStated(one)) return [];
    const { bars = [], points = [], exact = false, bridge = 0 } = one;
    return [{ asset, bars, points, exact, bridge }];
  });
}

function linkedOf({ assets }: ScenarioFile): LinkedAsset[] {
  return Object.entries(assets).flatMap(([asset, { proxy, beta, of }]): LinkedAsset[] => {
    if (proxy !== undefined) return [{ asset, by: 'proxy', of: proxy, beta: 1 }];
    return beta === undefined || of === undefined ? [] : [{ asset, by: 'beta', of, beta }];
  });
}

function actionOf(action: ScenarioFile['venue'][number]): VenueAction {
  switch (action.kind) {
    case 'leverage-cap':
      return { ...action, asset: action.asset ?? null };
    case 'settle':
      return { ...action, price: action.price ?? null };
    case 'adl': {
      const side = action.side === undefined ? null : action.side === 'long' ? 1 : -1;
      return { ...action, asset: action.asset ?? null, side };
    }
    default:
      return action;
  }
}

const sides = { buy: 1, sell: -1, both: 0 } as const;

function faultOf(fault: ScenarioFile['faults'][number]): OurFault {
  switch (fault.kind) {
    case 'crash':
      return { ...fault, to: fault.to ?? null };
    case 'corrupt':
      return { ...fault, asset: fault.asset ?? null };
    case 'orders': {
      const { strategy = null, confidence = null } = fault;
      return { ...fault, side: sides[fault.side], strategy, confidence };
    }
    default:
      return fault;
  }
}

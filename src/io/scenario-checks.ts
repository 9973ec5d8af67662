/** What the parts of a scenario must hold together: rules that no single key can be checked for. */
import { nearestName } from '../model/nearest-name.ts';
import { DEFAULT_ASSET, type Known } from '../model/scenario.ts';
import { utcText } from '../model/utc-text.ts';
import { checkEvents } from './scenario-event-checks.ts';
import { checkPrices } from './scenario-price-checks.ts';
import type { AssetEntry, ScenarioFile } from './scenario-schema.ts';
import type { Refuse } from './stated-text.ts';

/** Bars from the first price to the end: 69 days of minutes. Prices are laid out in all of them. */
const MOST_BARS = 100_000;

export function checkScenario(content: ScenarioFile, refuse: Refuse): void {
  checkWindow(content, refuse);
  const isOther = (name: string) => name === DEFAULT_ASSET;
  const hasOther = Object.keys(content.assets).some(isOther);
  if (hasOther === (content.correlation !== undefined)) {
    const was = hasOther ? 'both' : 'neither';
    const message = `assets must have DEFAULT, or the file a correlation, and not both, was ${was}`;
    const remedy = hasOther
      ? 'Leave one of them out: either says how every other asset moves'
      : 'Say how every other asset moves, such as DEFAULT: { beta: 1.2, of: BTC }';
    refuse(hasOther ? 'assets.DEFAULT' : 'assets', message, remedy);
  }
  let history = content.start;
  for (const [name, one] of Object.entries(content.assets)) {
    const path = `assets.${name}`;
    checkWay(one, path, refuse);
    checkBridge(one, path, content.interval, refuse);
    if (isStated(one)) history = Math.min(history, checkPrices(one, path, content, refuse));
  }
  if ((content.end - history) / content.interval > MOST_BARS) {
    const message = `interval must make at most ${MOST_BARS} bars from the first price to end, was ${Math.ceil((content.end - history) / content.interval)}`;
    refuse('interval', message, 'Give a longer interval, or less history');
  }
  checkLinks(content, refuse);
  checkCorrelation(content, refuse);
  checkCascade(content, refuse);
  checkSeries(content, history, refuse);
  checkDefaults(content, refuse);
  checkEvents(content, refuse);
}

function checkWindow({ start, end, interval }: ScenarioFile, refuse: Refuse): void {
  if (end <= start) {
    const message = `end must be after start, ${utcText(start)}, was ${utcText(end)}`;
    refuse('end', message, 'The book is held from start to end');
  }
  if (start % interval !== 0) {
    const message = `start must lie on the grid of the interval, counted from 00:00 UTC, was ${utcText(start)}`;
    refuse('start', message, 'Move start onto the grid, or give a shorter interval');
  }
  if ((end - start) % interval !== 0) {
    const message = `end must lie a whole number of intervals after start, was ${(end - start) / interval}`;
    refuse('end', message, 'Move end onto the grid, or give a shorter interval');
  }
}

export function isStated({ bars, points }: AssetEntry): boolean {
  return bars !== undefined || points !== undefined;
}

/** Prices of its own, a proxy, or a beta: one of the three, and nothing that only another of them can use. */
function checkWay(one: AssetEntry, path: string, refuse: Refuse): void {
  const has = (key: keyof AssetEntry) => one[key] !== undefined;
  const ways = [...(isStated(one) ? ['prices'] : []), ...(['proxy', 'beta'] as const).filter(has)];
  if (ways.length !== 1) {
    const message = `${path} must have prices (bars, points), a proxy or a beta, one of them, was ${ways.join(' and ') || 'none'}`;
    refuse(path, message, 'Write points: [[time, price], ...], proxy: BTC, or beta: 1.2 with of: BTC');
  }
  if (has('beta') !== has('of')) {
    const message = `${path} must have beta and of together, was ${has('of') ? 'of' : 'beta'} alone`;
    refuse(has('of') ? `${path}.of` : `${path}.beta`, message, 'Write beta: 1.2 with of: BTC');
  }
  for (const key of ['exact', 'bridge'] as const) {
    if (isStated(one) || !has(key)) continue;
    refuse(
      `${path}.${key}`,
      `${path}.${key} must stand beside prices, was beside a ${ways[0]}`,
      'Leave it out',
    );
  }
}

/** A bridge needs a way to fill: between points, or inside bars that are coarser than those of the scenario. */
function checkBridge(one: AssetEntry, path: string, interval: number, refuse: Refuse): void {
  const { bridge, points, bars = [] } = one;
  if (bridge === undefined || points !== undefined || bars.some((block) => block.interval > interval)) return;
  const message = `${path}.bridge must stand beside points or bars coarser than interval, was beside bars as fine as it`;
  refuse(`${path}.bridge`, message, 'Leave it out: what such bars tell is never bridged');
}

/** Every chain of links ends at stated prices. Each asset is walked once. */
function checkLinks({ assets }: ScenarioFile, refuse: Refuse): void {
  const entries = new Map(Object.entries(assets));
  const settled = new Set<string>();
  for (const start of entries.keys()) {
    const chain: string[] = [];
    const walked = new Set<string>();
    let name = start;
    for (;;) {
      const one = entries.get(name);
      if (one === undefined || isStated(one) || settled.has(name)) break;
      walked.add(name);
      chain.push(name);
      const key = one.proxy === undefined ? 'of' : 'proxy';
      const next = one[key] ?? '';
      const path = `assets.${name}.${key}`;
      requireAsset(next, path, [...entries.keys()], refuse);
      if (walked.has(next)) {
        const message = `${path} must lead to stated prices, was a circle: ${[...chain, next].join(' -> ')}`;
        refuse(path, message, 'Link one of them to an asset with points or bars');
      }
      name = next;
    }
    for (const each of chain) settled.add(each);
  }
}

function requireAsset(name: string, path: string, names: readonly string[], refuse: Refuse): void {
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const message = `${path} must be one of ${names.join(', ')}, was "${name}"`;
  refuse(path, message, near === null ? 'Name an asset of this file' : `Did you mean "${near}"?`);
}

function checkCorrelation({ correlation, assets }: ScenarioFile, refuse: Refuse): void {
  if (correlation === undefined) return;
  requireAsset(correlation.of, 'correlation.of', statedNames(assets), refuse);
  for (const name of [correlation.of, DEFAULT_ASSET]) {
    if (Object.hasOwn(correlation.sigmas, name)) continue;
    const message = `correlation.sigmas.${name} must be stated, was not beside ${namesOf(correlation.sigmas)}`;
    refuse('correlation.sigmas', message, `Add the daily volatility of ${name}, such as ${name}: 0.04`);
  }
}

function statedNames(assets: ScenarioFile['assets']): string[] {
  return Object.keys(assets).filter((name) => isStated(assets[name] ?? {}));
}

function checkCascade({ cascade, assets, start, end }: ScenarioFile, refuse: Refuse): void {
  if (cascade === undefined) return;
  const { asset, at, levels } = cascade;
  requireAsset(asset, 'cascade.asset', statedNames(assets), refuse);
  if (at < start || at >= end) {
    const message = `cascade.at must lie in the window, from ${utcText(start)} to before ${utcText(end)}, was ${utcText(at)}`;
    refuse('cascade.at', message, 'Move it, or start and end');
  }
  for (const { interval, rows } of assets[asset]?.bars ?? []) {
    const bar = rows.find(({ time }) => time <= at && at < time + interval);
    if (bar === undefined) continue;
    const message = `cascade.at must lie outside the bars of ${asset}, was ${utcText(at)} in that of ${utcText(bar.time)}`;
    refuse('cascade.at', message, 'Leave the bar out: a cascade makes its own prices');
  }
  for (let i = 1; i < levels.length; i += 1) {
    const [before, here] = [levels[i - 1]?.price ?? 0, levels[i]?.price ?? 0];
    if (here < before) continue;
    const message = `cascade.levels[${i}] must be below the level before, ${before}, was ${here}`;
    refuse(`cascade.levels[${i}]`, message, 'Sort the levels by price, the highest first');
  }
}

/** All lists of values over time that are no prices of assets. */
function checkSeries(content: ScenarioFile, history: number, refuse: Refuse): void {
  const { gap, collateral, funding, spread, depth, end } = content;
  const series: readonly (readonly [string, readonly Known[]])[] = [
    ...Object.entries(gap).map(([name, points]) => [`gap.${name}`, points] as const),
    ...funding.map(({ rates }, i) => [`funding[${i}].rates`, rates] as const),
    ['spread', spread],
    ['depth', depth],
    ...Object.entries(collateral).map(([name, points]) => [`collateral.${name}`, points] as const),
  ];
  for (const [path, points] of series) checkKnowns(points, path, { from: history, to: end }, refuse);
  const seen = new Set<string>();
  for (const [i, { asset }] of funding.entries()) {
    const path = `funding[${i}].asset`;
    if (seen.has(asset)) refuse(path, `${path} must stand once, was ${asset} again`, 'Join the two');
    seen.add(asset);
  }
}

function checkKnowns(
  points: readonly Known[],
  path: string,
  { from, to }: { readonly from: number; readonly to: number },
  refuse: Refuse,
): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const [i, { time }] of points.entries()) {
    const at = `${path}[${i}]`;
    if (time <= last) {
      const message = `${at} must be later than the one before, was ${utcText(time)} after ${utcText(last)}`;
      refuse(at, message, 'Sort by time, and state each time once');
    }
    if (time < from || time > to) {
      const message = `${at} must lie between the first price and end, ${utcText(from)} to ${utcText(to)}, was ${utcText(time)}`;
      refuse(at, message, time < from ? 'State it from the first price on' : 'Leave it out, or move end');
    }
    last = time;
  }
}

function checkDefaults(content: ScenarioFile, refuse: Refuse): void {
  for (const key of ['liquidity', 'shocks'] as const) {
    if (Object.hasOwn(content[key], DEFAULT_ASSET)) continue;
    const message = `${key}.DEFAULT must be stated, was not beside ${namesOf(content[key])}`;
    refuse(key, message, 'Say what holds for every other asset, as DEFAULT: ...');
  }
}

function namesOf(record: object): string {
  return Object.keys(record).join(', ') || 'anything';
}

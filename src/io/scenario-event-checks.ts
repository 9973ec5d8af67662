/** When things happen beside prices: every action of a venue and every fault of ours lies in the window of the file. */
import { utcText } from '../model/utc-text.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import type { Refuse } from './stated-text.ts';

/** Orders of one fault: 12 h of one a second, more than any flood that a run should hold. */
const MOST_ORDERS = 50_000;

export function checkEvents({ venue, faults, start, end }: ScenarioFile, refuse: Refuse): void {
  const within = (path: string, time: number) => {
    if (time >= start && time <= end) return;
    const message = `${path} must lie in the window, ${utcText(start)} to ${utcText(end)}, was ${utcText(time)}`;
    refuse(path, message, 'Move it, or start and end');
  };
  const lasting = (path: string, from: number, to: number) => {
    within(`${path}.from`, from);
    within(`${path}.to`, to);
    if (to > from) return;
    const message = `${path}.to must be after from, ${utcText(from)}, was ${utcText(to)}`;
    refuse(`${path}.to`, message, 'Turn the two round, or give it a later time');
  };
  for (const [i, action] of venue.entries()) {
    if ('at' in action) within(`venue[${i}].at`, action.at);
    else lasting(`venue[${i}]`, action.from, action.to);
  }
  for (const [i, fault] of faults.entries()) {
    const path = `faults[${i}]`;
    if (fault.to === undefined) within(`${path}.from`, fault.from);
    else lasting(path, fault.from, fault.to);
    if (fault.kind !== 'orders' || (fault.to - fault.from) / fault.every <= MOST_ORDERS) continue;
    const count = Math.ceil((fault.to - fault.from) / fault.every);
    const message = `${path}.every must make at most ${MOST_ORDERS} orders, was ${count}`;
    refuse(`${path}.every`, message, 'Give a longer time between them');
  }
}

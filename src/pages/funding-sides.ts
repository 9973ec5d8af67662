/** How the funding pages name the runs of a report: a side, and what is held constant. */
import type { FundedDirection, Sizing } from '../studies/funding-config.ts';

type Held = { readonly direction: FundedDirection; readonly sizing: Sizing };

export function wayOf({ sizing }: Pick<Held, 'sizing'>): string {
  return sizing === 'constant-size' ? 'size' : 'leverage';
}

export function nameOf(run: Held): string {
  return `${run.direction}, constant ${wayOf(run)}`;
}

export const sideColumns = [
  { key: 'direction', title: 'side', unit: 'text' },
  { key: 'way', title: 'constant', unit: 'text' },
] as const;

/** Reverse stress on paper: inversions first, then what comes in which order, what is most plausible, how much of each event. */
import type { Block, Cell, Row, TableBlock } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { DistanceRow } from '../studies/stress/distance-result.ts';
import type { OutcomeRef, ReverseResult, UniformRow } from '../studies/stress/reverse-result.ts';

type Scale = ReverseResult['scales'][number]['outcomes'][number];

/** Scenarios that one table of scales holds. */
const SCALES_MAX = 4;

export function reverseBlocks(reverse: ReverseResult | null): Block[] {
  if (reverse === null) return [];
  return [
    ...inversionBlocks(reverse),
    uniformTable('All prices fall together: what comes, in its order', reverse.fall),
    uniformTable('All prices rise together', reverse.rise),
    ...plausibleBlocks(reverse),
    ...scaleTables(reverse),
    ...anyScaleBlocks(reverse),
    ...leftOutBlocks(reverse),
  ];
}

function leftOutBlocks({ leftOut }: ReverseResult): Block[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return reasons.map((reason): Block => {
    const names = leftOut.filter((one) => one.reason === reason).map(({ name }) => name);
    return { kind: 'text', tone: 'dim', text: `${reason}: ${names.join(', ')}` };
  });
}

function inversionBlocks({ inversions }: ReverseResult): Block[] {
  if (inversions.length === 0) {
    const text =
      'No inversion: whatever should prevent a liquidation comes before it, in a uniform fall and rise.';
    return [{ kind: 'text', tone: 'good', text }];
  }
  return inversions.map(({ move, outcome, shock, rule, ruleShock }): Block => {
    const when = ruleShock === null ? 'never comes' : `comes at ${formatCell('fraction', ruleShock)}`;
    const text = `INVERSION in a ${move}: ${whatOf(outcome)} comes at ${formatCell('fraction', shock)}, ${whatOf(rule)} ${when}.`;
    return { kind: 'text', tone: 'bad', text };
  });
}

function whatOf({ name, symbol, account, asset }: OutcomeRef): string {
  const where = symbol ?? (account === null ? '' : asset === null ? account : `${account} ${asset}`);
  return where === '' ? name : `${name} of ${where}`;
}

function uniformTable(title: string, rows: readonly UniformRow[]): TableBlock {
  const reached = rows.filter(({ shock }) => shock !== null);
  const never = rows.length - reached.length;
  return {
    kind: 'table',
    title: never === 0 ? title : `${title} (${never} never come)`,
    columns: [
      { key: 'shock', title: 'move', unit: 'fraction' },
      { key: 'what', title: 'what it reaches', unit: 'text' },
      { key: 'of', title: 'of', unit: 'text' },
      { key: 'kind', title: 'kind', unit: 'text' },
      ...(reached.every(({ monotone }) => monotone)
        ? []
        : [{ key: 'found', title: 'how', unit: 'text' } as const]),
    ],
    rows: reached.map(
      ({ shock, name, kind, monotone, ...one }): Row => ({
        shock,
        what: name,
        of: ofText(one),
        kind,
        found: monotone ? '' : 'smallest found',
      }),
    ),
    tones: reached.map(({ kind }) => (kind === 'liquidation' || kind === 'insolvency' ? 'bad' : 'plain')),
    yields: ['found', 'kind'],
  };
}

function ofText({
  symbol,
  account,
  direction,
}: Pick<OutcomeRef, 'symbol' | 'account' | 'direction'>): string {
  if (symbol !== null) return direction === null ? symbol : `${symbol} ${direction}`;
  return account ?? 'the book';
}

function plausibleBlocks({ plausible }: ReverseResult): Block[] {
  const { outcomes, days, correlation, reason } = plausible;
  if (reason !== null) return [{ kind: 'text', tone: 'warn', text: `most plausible shock: ${reason}` }];
  const found = outcomes.filter(({ distance }) => distance !== null);
  const symbols = found[0]?.shocks.map(({ symbol }) => symbol) ?? [];
  const how = correlation === 'crisis' ? 'correlations of 0.9' : 'their own correlations';
  return [
    {
      kind: 'table',
      title: `The most plausible day that reaches it: ${days} daily returns, ${how}`,
      columns: [
        { key: 'what', title: 'what it reaches', unit: 'text' },
        { key: 'of', title: 'of', unit: 'text' },
        { key: 'distance', title: 'distance, sigmas', unit: 'ratio' },
        { key: 'probability', title: 'if normal', unit: 'rate' },
        ...symbols.map((symbol) => ({ key: symbol, title: symbol, unit: 'fraction' as const })),
      ],
      rows: found.map(({ name, distance, probability, shocks, ...one }): Row => {
        const moves = shocks.map(({ symbol, shock }): [string, Cell] => [symbol, shock]);
        const sigmas = distance === null ? null : Math.round(distance * 100) / 100;
        return { what: name, of: ofText(one), distance: sigmas, probability, ...Object.fromEntries(moves) };
      }),
      yields: ['probability'],
    },
  ];
}

/** The smallest scale found of each scenario, several scenarios side by side. */
function scaleTables({ scales }: ReverseResult): TableBlock[] {
  const tables: TableBlock[] = [];
  for (let from = 0; from < scales.length; from += SCALES_MAX) {
    const shown = scales.slice(from, from + SCALES_MAX);
    const names = [
      ...new Set(shown.flatMap(({ outcomes }) => outcomes.filter(isFound).map(({ name }) => name))),
    ];
    tables.push({
      kind: 'table',
      title: 'How much of each scenario it takes: the smallest scale found, 1 is the event as it was',
      columns: [
        { key: 'what', title: 'what it reaches', unit: 'text' },
        ...shown.map(({ scenario }) => ({ key: scenario, title: scenario, unit: 'ratio' as const })),
      ],
      rows: names.map((name): Row => {
        const found = shown.map(({ scenario, outcomes }): [string, Cell] => {
          const scale = outcomes.find((one) => one.name === name)?.scale ?? null;
          return [scenario, scale === null ? null : Math.round(scale * 1000) / 1000];
        });
        return { what: name, ...Object.fromEntries(found) };
      }),
    });
  }
  return tables;
}

function anyScaleBlocks({ scales }: ReverseResult): Block[] {
  if (!scales.some(({ outcomes }) => outcomes.some(({ scale }) => scale === 0))) return [];
  const text = '0: comes at any scale, as what the venue does and what breaks on our side are never scaled.';
  return [{ kind: 'text', tone: 'dim', text }];
}

function isFound({ scale }: Scale): boolean {
  return scale !== null;
}

/** The largest leverage that survives: positions down, scenarios by the least of them. */
export function distanceBlocks(distance: readonly DistanceRow[] | null): Block[] {
  if (distance === null || distance.length === 0) return [];
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);
  const rows = distance.toSorted((a, b) => (a.largest ?? 0) - (b.largest ?? 0));
  return [
    {
      kind: 'table',
      title: 'The largest leverage that survives, alone and isolated from the start',
      columns: [
        { key: 'scenario', title: 'scenario', unit: 'text' },
        { key: 'symbol', title: 'position', unit: 'text' },
        { key: 'direction', title: 'side', unit: 'text' },
        { key: 'move', title: 'moves against it', unit: 'fraction' },
        { key: 'largest', title: 'survives below', unit: 'ratio' },
        { key: 'allowed', title: 'the venue lets open', unit: 'ratio' },
        { key: 'leverage', title: 'the book has', unit: 'ratio' },
      ],
      rows: rows.map(
        (one): Row => ({ ...one, largest: rounded(one.largest), allowed: rounded(one.allowed) }),
      ),
      tones: rows.map(({ largest, leverage }) => (largest === null || largest < leverage ? 'bad' : 'plain')),
      yields: ['allowed', 'direction'],
    },
    {
      kind: 'text',
      tone: 'dim',
      text: 'Prices alone: fees, funding, guards, and what happens to the venue itself stand aside. No figure: not even 1x survives.',
    },
  ];
}

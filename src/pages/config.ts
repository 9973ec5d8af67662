/** The effective configuration on paper: one row a key, with where its value is from and what it overrode. */
import type { ConfigResult } from '../io/config-result.ts';
import type { Page, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';

export function configPage({ result, configHash }: Report<ConfigResult>): Page {
  const rows = result.leaves.map((leaf) => ({
    path: leaf.path,
    value: valueCell(leaf.value),
    origin: leaf.origin,
    losers: leaf.losers.map((lost) => `${valueCell(lost.value)} (${lost.origin})`).join('; '),
    meaning: leaf.meaning,
  }));
  return {
    title: 'Configuration',
    subtitle: `${rows.length} keys, hash ${configHash}`,
    blocks: [
      {
        kind: 'table',
        columns: [
          { key: 'path', title: 'key', unit: 'text' },
          { key: 'value', title: 'value', unit: 'text' },
          { key: 'origin', title: 'from', unit: 'text' },
          { key: 'losers', title: 'instead of', unit: 'text' },
          { key: 'meaning', title: 'meaning', unit: 'text' },
        ],
        rows,
        tones: result.leaves.map(({ origin }): Tone => (isBuiltIn(origin) ? 'dim' : 'plain')),
        yields: ['meaning', 'losers'],
      },
    ],
  };
}

function isBuiltIn(origin: string): boolean {
  return /^(base|env-[a-z]+|mode-[a-z]+)\.yaml \(/.test(origin);
}

/** Plain words stand bare; whatever else a word could be taken for is told apart as JSON tells it. */
function valueCell(value: ConfigResult['leaves'][number]['value']): string {
  const isWord = typeof value === 'string' && /^[A-Za-z][\w./:-]*$/.test(value);
  return isWord && !['true', 'false', 'null'].includes(value) ? value : JSON.stringify(value);
}

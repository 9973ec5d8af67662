/** Pages with invented values: every kind of block, and texts that a page must not take for its own signs. */
import type { Cell, Page, TableBlock } from '../../src/model/page.ts';

export const levels: TableBlock = {
  kind: 'table',
  title: 'Levels',
  main: true,
  columns: [
    { key: 'multiplier', title: 'multiple', unit: 'ratio' },
    { key: 'hits', title: 'hits', unit: 'count' },
    { key: 'hitRate', title: 'hit rate', unit: 'fraction' },
    { key: 'meanReturn', title: 'mean return', unit: 'rate' },
    { key: 'verdict', title: 'verdict', unit: 'text' },
  ],
  yields: ['hits', 'meanReturn'],
  rows: [
    { multiplier: 0.5, hits: 1800, hitRate: 0.9, meanReturn: -0.000123, verdict: 'increase' },
    { multiplier: 2, hits: 310, hitRate: 0.155, meanReturn: null, verdict: 'inconclusive, recommended' },
    { multiplier: 2.25, hits: 0, hitRate: 0, meanReturn: 0.01, verdict: 'keep' },
  ],
  tones: ['bad', 'plain', 'good'],
};

/** A level table of 56 rows and 16 columns, as a study of stops makes it. */
export const wideLevels: TableBlock = {
  kind: 'table',
  title: 'Levels',
  main: true,
  columns: [
    { key: 'k0', title: 'multiple', unit: 'ratio' },
    ...Array.from({ length: 14 }, (_, i) => ({
      key: `k${i + 1}`,
      title: `measure number ${i + 1}`,
      unit: (['fraction', 'rate', 'count', 'price'] as const)[i % 4] ?? 'count',
    })),
    { key: 'k15', title: 'verdict', unit: 'text' },
  ],
  yields: ['k14', 'k13', 'k12', 'k3', 'k7'],
  rows: Array.from({ length: 56 }, (_, row) =>
    Object.fromEntries(
      Array.from({ length: 16 }, (_, i): [string, Cell] => [
        `k${i}`,
        i === 0 ? (row + 5) / 10 : i === 15 ? 'inconclusive, recommended' : (row * 37 * (i + 1)) % 1000,
      ]),
    ),
  ),
};

const evil = `<script>alert('x')</script> & "quoted" | back\\slash *star* \`tick\``;

export const everyBlock: Page = {
  title: `Stop backtest of ${evil}`,
  subtitle: 'ATR stop at 0.5 to 6 x ATR(14, wilder), trigger touch, pessimistic inside bars',
  provenance: 'risk 0.1.0, run 3f9c2a7be0d1, configuration 81aa03c4e9f2, seed 1',
  blocks: [
    { kind: 'text', tone: 'warn', text: `Runs on ${evil}\nand says so.` },
    {
      kind: 'fields',
      title: 'Trades',
      fields: [
        {
          title: 'trades judged',
          unit: 'count',
          value: 2080,
          note: 'of 3,015, the others have no bars in the files that were named',
        },
        { title: 'journal prices inside their bars', unit: 'fraction', value: 0.9987 },
        { title: evil, unit: 'text', value: evil, note: evil },
      ],
    },
    levels,
    {
      kind: 'lines',
      title: 'Hit rate by stop multiple',
      x: { title: 'multiple', unit: 'ratio' },
      y: { title: 'hit rate', unit: 'fraction' },
      series: [
        {
          name: 'pessimistic',
          style: 'line',
          points: [0.5, 0.9, 2, 0.4, 4, 0.1, 6, 0.05],
          band: [0.5, 0.85, 0.95, 2, 0.35, 0.45, 4, 0.05, 0.15, 6, 0, 0.1],
        },
        { name: evil, style: 'step', points: [0.5, 0.8, 3, 0.3, 6, 0.02] },
        { name: 'single', style: 'points', points: [1, 0.5, 2, 0.7] },
      ],
      marks: [
        { axis: 'y', at: 0.15, label: 'target' },
        { axis: 'x', at: 3.5, label: evil },
      ],
      note: evil,
    },
    {
      kind: 'bars',
      title: 'Excursions',
      x: { title: 'ATRs', unit: 'r' },
      y: { title: 'trades', unit: 'count' },
      bars: [
        { from: 0, to: 0.5, value: 120 },
        { from: 0.5, to: 1, value: 60 },
        { from: 1, to: 1.5, value: 0 },
      ],
    },
    {
      kind: 'bars',
      title: 'Why',
      x: { title: 'reason', unit: 'text' },
      y: { title: 'USDT', unit: 'money' },
      bars: [
        { label: evil, value: 1234.5 },
        { label: 'funding', value: -600, tone: 'bad' },
      ],
      note: evil,
    },
    {
      kind: 'table',
      title: evil,
      columns: [
        { key: 'file', title: evil, unit: 'text' },
        { key: 'from', title: 'from', unit: 'time' },
        { key: 'last', title: 'last price', unit: 'price' },
      ],
      rows: [
        { file: evil, from: 1_652_328_000_000, last: 62_000.5 },
        {
          file: 'a symbol of 日本円 and a word-that-is-far-too-long-for-any-column-of-a-narrow-terminal',
          from: null,
          last: 0.25,
        },
        { file: 'steers \u001b[2J the \u202e screen', from: 0, last: 1 },
      ],
      tones: ['dim', 'plain', 'warn'],
    },
    wideLevels,
    { kind: 'text', tone: 'dim', text: `synthetic-data: ${evil}` },
    { kind: 'text', text: '1. not a list\n# not a heading\n- not an item' },
  ],
};

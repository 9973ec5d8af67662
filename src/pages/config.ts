/** The effective configuration on paper: for each key where its value is from, who else says so, and what it overrode. */
import type { ConfigResult } from '../io/config-result.ts';
import type { Column, Field, FieldsBlock, Page, Row, TableBlock, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';

type Leaf = ConfigResult['leaves'][number];

/** Up to here each key stands in a block of its own, in which nothing has to be left out for width. */
const BLOCKS_MAX = 12;

const key: Column = { key: 'path', title: 'key', unit: 'text' };
const value: Column = { key: 'value', title: 'value', unit: 'text' };
const from: Column = { key: 'origin', title: 'from', unit: 'text' };
const also: Column = { key: 'also', title: 'also', unit: 'text' };
const losers: Column = { key: 'losers', title: 'instead of', unit: 'text' };
const meaning: Column = { key: 'meaning', title: 'meaning', unit: 'text' };

/** The page for a reader at a terminal: a block for each of a few keys; of many, one row each. */
export function configPage(report: Report<ConfigResult>): Page {
  const { leaves } = report.result;
  return pageOf(report, leaves.length <= BLOCKS_MAX ? leaves.map(fieldsOf) : [shortTable(leaves)]);
}

/** The page where width is no matter: the same blocks for a few keys, and of many all that is known of each. */
export function configDocument(report: Report<ConfigResult>): Page {
  const { leaves } = report.result;
  return pageOf(report, leaves.length <= BLOCKS_MAX ? leaves.map(fieldsOf) : [fullTable(leaves)]);
}

/** The page for a program: one table with the same columns, however many keys there are. */
export function configTable(report: Report<ConfigResult>): Page {
  return pageOf(report, [fullTable(report.result.leaves)]);
}

function pageOf({ result, configHash }: Report<ConfigResult>, blocks: Page['blocks']): Page {
  const count = result.leaves.length;
  return {
    title: 'Configuration',
    subtitle: `${count} ${count === 1 ? 'key' : 'keys'}, hash ${configHash}`,
    blocks,
  };
}

function fieldsOf(leaf: Leaf): FieldsBlock {
  const { layer, source } = partsOf(leaf.origin);
  const all: readonly (Field | null)[] = [
    text('value', valueCell(leaf.value)),
    text('from', layer),
    source === null ? null : text('source', source),
    ...leaf.also.map((origin) => text('also', origin)),
    ...leaf.losers.map((lost) => ({ ...text('instead of', valueCell(lost.value)), note: lost.origin })),
    leaf.losers.length === 0 ? text('instead of', 'nothing') : null,
    leaf.meaning === '' ? null : text('meaning', leaf.meaning),
  ];
  return { kind: 'fields', title: leaf.path, fields: all.filter((field) => field !== null) };
}

function text(title: string, cell: string): Field {
  return { title, unit: 'text', value: cell };
}

/** `base.yaml (S2 layer 3)`, or `base.yaml (S2 layer 3): path from ...` where the value follows another key. */
const profileOrigin = /^((?:base|env-[a-z]+|mode-[a-z]+)\.yaml) \((.*?)\)(?:: ([\w.-]+ from .*))?$/;

function partsOf(origin: string): { readonly layer: string; readonly source: string | null } {
  const [, file, source, follows] = profileOrigin.exec(origin) ?? [];
  if (file === undefined || source === undefined) return { layer: origin, source: null };
  return { layer: follows === undefined ? file : `${file}: ${follows}`, source };
}

/** The sources of what lost would take the width of all else: their values alone stand here. */
function shortTable(leaves: readonly Leaf[]): TableBlock {
  const rows = leaves.map((leaf) => ({
    ...fullRow(leaf),
    losers: [...new Set(leaf.losers.map((lost) => valueCell(lost.value)))].join('; '),
  }));
  return tableOf(leaves, [key, value, from, losers, meaning], rows);
}

function fullTable(leaves: readonly Leaf[]): TableBlock {
  return tableOf(leaves, [key, value, from, also, losers, meaning], leaves.map(fullRow));
}

function fullRow(leaf: Leaf): Row {
  return {
    path: leaf.path,
    value: valueCell(leaf.value),
    origin: leaf.origin,
    also: leaf.also.join('; '),
    losers: leaf.losers.map((lost) => `${valueCell(lost.value)} (${lost.origin})`).join('; '),
    meaning: leaf.meaning,
  };
}

function tableOf(leaves: readonly Leaf[], columns: readonly Column[], rows: readonly Row[]): TableBlock {
  const tones = leaves.map(({ origin }): Tone => (partsOf(origin).source === null ? 'plain' : 'dim'));
  return { kind: 'table', columns, rows, tones, yields: ['meaning'] };
}

/** Plain words stand bare; whatever else a word could be taken for is told apart as JSON tells it. */
function valueCell(of: Leaf['value']): string {
  const isWord = typeof of === 'string' && /^[A-Za-z][\w./:-]*$/.test(of);
  return isWord && !['true', 'false', 'null'].includes(of) ? of : JSON.stringify(of);
}

/** What the data gate found on paper: the scores, then every finding with its first case and its consequence. */
import { intervalText, MONTH } from '../market/gate/interval.ts';
import type { Block, Page, Row, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import type { DataInspectResult, InspectedResult } from '../studies/data-inspect-result.ts';
import { sampleBlocks, titleOf } from './provenance.ts';

/** Below this share of good bars a series is marked: every hundredth bar is missing or not to be trusted. */
const SCORE_WARN = 0.99;
const SCORE_BAD = 0.9;

export function dataInspectPage(report: Report<DataInspectResult>): Page {
  const { series, refused } = report.result;
  const files = new Set([...series, ...refused].map(({ file }) => file)).size;
  return {
    title: titleOf('Data inspection', report),
    subtitle: `${files === 1 ? 'One file' : `${files} files`}, ${series.length} series, ${refused.length} refused`,
    blocks: [
      ...sampleBlocks(report, ''),
      ...(series.length === 0 ? [] : [scores(series)]),
      ...refused.map(refusal),
      ...otherWarnings(report),
      ...series.flatMap(seriesBlocks),
    ],
  };
}

function refusal({ file, code, line, message, remedy }: DataInspectResult['refused'][number]): Block {
  const where = line === null ? file : `${file}:${line}`;
  const next = remedy === null ? '' : `. ${remedy}`;
  return { kind: 'text', tone: 'bad', text: `${where} was refused. ${code}: ${message}${next}` };
}

function scores(series: readonly InspectedResult[]): Block {
  return {
    kind: 'table',
    title: 'Scores',
    main: true,
    columns: [
      { key: 'file', title: 'file', unit: 'text' },
      { key: 'symbol', title: 'symbol', unit: 'text' },
      { key: 'score', title: 'score', unit: 'fraction' },
      { key: 'format', title: 'reader', unit: 'text' },
      { key: 'rows', title: 'rows', unit: 'count' },
      { key: 'missing', title: 'missing', unit: 'count' },
      { key: 'dropped', title: 'impossible', unit: 'count' },
      { key: 'duplicates', title: 'duplicate', unit: 'count' },
      { key: 'stale', title: 'stale', unit: 'count' },
      { key: 'interval', title: 'interval', unit: 'text' },
      { key: 'segments', title: 'segments', unit: 'count' },
      { key: 'from', title: 'from', unit: 'time' },
      { key: 'to', title: 'to', unit: 'time' },
    ],
    yields: ['segments', 'to', 'from', 'interval', 'rows', 'format'],
    rows: series.map(scoreRow),
    tones: series.map(toneOf),
  };
}

function scoreRow({ symbols, interval, findings: _, impossible: __, ...row }: InspectedResult): Row {
  return {
    ...row,
    symbol: symbolText(symbols),
    interval: interval === null ? null : intervalText(interval, interval === MONTH),
  };
}

function toneOf({ score, dropped }: InspectedResult): Tone {
  if (dropped > 0 || (score !== null && score < SCORE_BAD)) return 'bad';
  return score !== null && score < SCORE_WARN ? 'warn' : 'plain';
}

/** A journal may hold dozens of symbols. */
function symbolText(symbols: readonly string[]): string {
  return symbols.length <= 3 ? symbols.join(', ') : `${symbols.length} symbols`;
}

/** What the report says beside the findings, which stand at their series. */
function otherWarnings({ warnings, result }: Report<DataInspectResult>): Block[] {
  const found = new Set(result.series.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return warnings
    .filter(({ code }) => !found.has(code))
    .map(({ code, input, text }) => ({
      kind: 'text',
      tone: 'warn',
      text: `${code} (${input ?? ''}): ${text}`,
    }));
}

function seriesBlocks(series: InspectedResult): Block[] {
  const { file, symbols, format, why, findings, impossible, dropped } = series;
  const title = `${file}, ${symbolText(symbols)}`;
  const blocks: Block[] = [
    { kind: 'text', text: `${title}: read as ${format}, ${why}.` },
    findings.length === 0
      ? { kind: 'text', tone: 'good', text: 'Nothing was found.' }
      : {
          kind: 'table',
          columns: [
            { key: 'code', title: 'finding', unit: 'text' },
            { key: 'count', title: 'count', unit: 'count' },
            { key: 'line', title: 'line', unit: 'count' },
            { key: 'example', title: 'for example', unit: 'text' },
            { key: 'consequence', title: 'consequence', unit: 'text' },
          ],
          yields: ['line'],
          rows: findings.map(({ meaning: _, ...row }) => row),
        },
  ];
  if (impossible.length > 0) {
    blocks.push({
      kind: 'table',
      title: dropped === impossible.length ? 'Impossible rows' : `The first of ${dropped} impossible rows`,
      columns: [
        { key: 'line', title: 'line', unit: 'count' },
        { key: 'code', title: 'code', unit: 'text' },
        { key: 'message', title: 'what must hold, and what was', unit: 'text' },
      ],
      rows: impossible.map((row) => ({ ...row })),
    });
  }
  return blocks;
}

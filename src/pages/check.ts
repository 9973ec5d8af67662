/** The verdict on one order on paper: what may pass, why not more, how full each limit is, and what could not be judged. */
import { guardNames } from '../engine/decision.ts';
import type { Block, Field, Page, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { formatCell } from '../report/format.ts';
import type { CheckResult } from '../studies/check-result.ts';
import { measureText, seenText } from './measure-text.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

export function checkPage(report: Report<CheckResult>): Page {
  const { result } = report;
  return {
    title: titleOf('Check of an order', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --order, --portfolio and --ohlcv'),
      verdictText(result),
      { kind: 'fields', fields: fieldsOf(result) },
      ...reasonTable(result),
      ...limitTable(result),
      ...noteTable('Not judged, for want of data: neither passed nor refused', result.notJudged),
      ...noteTable('Judged by an assumption', result.assumed),
      ...standingTable(result),
      ...offText(result),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ order, qtyAsked }: CheckResult): string {
  const { side, symbol, price, leverage, marginMode, reduceOnly, account } = order;
  const what = `${side} ${qtyText(qtyAsked)} ${symbol} at ${formatCell('price', price)}`;
  return `${what}, ${formatCell('ratio', leverage)}x ${marginMode}${reduceOnly ? ', reduce only' : ''}, account ${account}`;
}

function qtyText(qty: string): string {
  return formatCell('qty', qty);
}

function verdictText(result: CheckResult): Block {
  const { verdict, qtyAsked, qtyAllowed, qtyLowering, decidedBy } = result;
  const tones: Readonly<Record<CheckResult['verdict'], Tone>> = {
    allow: 'good',
    resize: 'warn',
    deny: 'bad',
  };
  const by = decidedBy === null ? '' : `, by ${decidedBy.guard} ${decidedBy.rule}`;
  const texts: Readonly<Record<CheckResult['verdict'], string>> = {
    allow:
      Number(qtyLowering) === Number(qtyAsked)
        ? `ALLOWED: ${qtyText(qtyAllowed)} only lowers what is held, and passes whatever stands.`
        : `ALLOWED: all of ${qtyText(qtyAllowed)} may pass${isUnasked(result) ? ', as no guard was asked' : ''}.`,
    resize:
      Number(qtyLowering) === Number(qtyAllowed)
        ? `RESIZED: only the ${qtyText(qtyAllowed)} of ${qtyText(qtyAsked)} that lower what is held may pass; what opens is refused${by}.`
        : `RESIZED: ${qtyText(qtyAllowed)} of ${qtyText(qtyAsked)} may pass${by}.`,
    deny: `DENIED: nothing of ${qtyText(qtyAsked)} may pass${by}.`,
  };
  return { kind: 'text', tone: tones[verdict], text: texts[verdict] };
}

function isUnasked({ off }: CheckResult): boolean {
  return guardNames.every((name) => off.some(({ guard, rule }) => guard === name && rule === 'all'));
}

function fieldsOf(result: CheckResult): Field[] {
  const { qtyAsked, qtyAllowed, qtyLowering, order, market, account } = result;
  const { equity, currency, marginLevelBefore, marginLevelAfter } = account;
  const lowering =
    Number(qtyLowering) > 0 ? `${qtyText(qtyLowering)} of the order only lowers what is held` : '';
  return [
    { title: 'asked', unit: 'qty', value: qtyAsked },
    { title: 'allowed', unit: 'qty', value: qtyAllowed, note: lowering },
    { title: 'price', unit: 'price', value: order.price, note: priceNote(result) },
    { title: 'stop', unit: 'price', value: order.stop, note: stopNote(order) },
    { title: `equity, ${currency}`, unit: moneyUnit(currency), value: equity },
    {
      title: 'margin level',
      unit: 'ratio',
      value: level(marginLevelBefore),
      note: 'equity / maintenance, before',
    },
    {
      title: 'margin level after',
      unit: 'ratio',
      value: level(marginLevelAfter),
      note: 'with what is allowed',
    },
    ...venueField(result),
    {
      title: 'moment',
      unit: 'time',
      value: market.time,
      note: market.time === null ? 'no data say it' : 'UTC',
    },
  ];
}

/** Whether the venue takes what the guards let pass; nothing is asked of it where nothing passes. */
function venueField({ verdict, account: { venueRefusal } }: CheckResult): Field[] {
  if (verdict === 'deny') return [];
  const value = venueRefusal === null ? 'takes what is allowed' : `would refuse it: ${venueRefusal}`;
  return [{ title: 'venue', unit: 'text', value }];
}

function priceNote({ order: { price }, market: { last, source } }: CheckResult): string {
  const away = price / last - 1;
  if (away === 0) return `that of the ${source}`;
  return `${formatCell('fraction', Math.abs(away))} ${away > 0 ? 'above' : 'below'} that of the ${source}`;
}

function stopNote({ stop, price }: CheckResult['order']): string {
  return stop === null ? 'none stated' : `${formatCell('fraction', Math.abs(1 - stop / price))} away`;
}

/** Four digits of a ratio are what a reader needs. */
function level(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

function reasonTable({ reasons, decidedBy }: CheckResult): Block[] {
  if (reasons.length === 0) return [];
  const isFirst = reasons.findIndex(
    ({ guard, rule }) => guard === decidedBy?.guard && rule === decidedBy.rule,
  );
  return [
    {
      kind: 'table',
      title: 'Reasons, in the order of the guards',
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'observed', title: 'observed', unit: 'text' },
        { key: 'limit', title: 'limit', unit: 'text' },
        { key: 'measure', title: 'measure', unit: 'text' },
      ],
      rows: reasons.map(({ guard, rule, measure, observed, limit }) => ({
        guard,
        rule,
        measure,
        observed: measureText(measure, observed),
        limit: measureText(measure, limit),
      })),
      tones: reasons.map((_, i) => (i === isFirst ? 'bad' : 'plain')),
      yields: ['measure'],
    },
  ];
}

function limitTable({ limits, verdict }: CheckResult): Block[] {
  if (limits.length === 0) return [];
  const isCut = verdict === 'resize';
  return [
    {
      kind: 'table',
      title: 'Use of each limit',
      main: true,
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'before', title: 'before it opens', unit: 'fraction' },
        { key: 'asked', title: isCut ? 'as asked' : 'after', unit: 'fraction' },
        ...(isCut ? ([{ key: 'allowed', title: 'as allowed', unit: 'fraction' }] as const) : []),
      ],
      rows: limits.map(({ guard, rule, before, asked, allowed }) => {
        return { guard, rule, before, asked, ...(isCut ? { allowed } : {}) };
      }),
      tones: limits.map(({ asked }) => (asked > 1 ? 'bad' : 'plain')),
    },
    {
      kind: 'text',
      tone: 'dim',
      text: 'Share of each limit that is used before the order opens anything, and with it; 100 % is all of it; – where only the order itself is limited.',
    },
  ];
}

function noteTable(title: string, notes: CheckResult['notJudged']): Block[] {
  if (notes.length === 0) return [];
  return [
    {
      kind: 'table',
      title,
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'why', title: 'why', unit: 'text' },
      ],
      rows: notes.map(({ guard, rule, why }) => ({ guard, rule, why })),
      tones: notes.map(() => 'warn'),
    },
  ];
}

/** Stops that rest for what is held are no news about an order. */
function standingTable({ standing }: CheckResult): Block[] {
  const shown = standing.filter(({ kind }) => kind !== 'set-stop');
  if (shown.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'What the guards say of the book as it stands',
      columns: [
        { key: 'guard', title: 'guard', unit: 'text' },
        { key: 'kind', title: 'decision', unit: 'text' },
        { key: 'rule', title: 'rule', unit: 'text' },
        { key: 'symbol', title: 'of', unit: 'text' },
        { key: 'seen', title: 'seen / bound', unit: 'text' },
      ],
      rows: shown.map(({ guard, kind, rule, symbol, measure, observed, limit }) => {
        return { guard, kind, rule, symbol: symbol ?? 'the book', seen: seenText(measure, observed, limit) };
      }),
    },
  ];
}

function offText({ off }: CheckResult): Block[] {
  if (off.length === 0) return [];
  const names = off.map(({ guard, rule }) => (rule === 'all' ? `${guard} (all of it)` : `${guard} ${rule}`));
  return [{ kind: 'text', tone: 'dim', text: `Switched off: ${names.join(', ')}.` }];
}

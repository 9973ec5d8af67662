/** Decisions of an audit log on paper: what was seen, what was done, what followed. */
import type { AuditShowResult, ShownDecision } from '../io/audit-show-result.ts';
import type { Page, Row, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import { seenText } from './measure-text.ts';

export function auditShowPage({ result, inputs, warnings }: Report<AuditShowResult>): Page {
  const { shown, matching, decisions } = result;
  const few = shown.length < matching ? `the first ${shown.length} of ` : '';
  return {
    title: 'Audit log',
    subtitle: `${inputs[0]?.path ?? ''}: ${few}${matching} decisions that were asked for, of ${decisions}`,
    blocks: [
      ...warnings.map(({ text }) => ({ kind: 'text', tone: 'bad', text }) as const),
      shown.length === 0
        ? { kind: 'text', text: 'No decision is of that kind.' }
        : {
            kind: 'table',
            main: true,
            columns: [
              { key: 'time', title: 'time', unit: 'time' },
              { key: 'guard', title: 'guard', unit: 'text' },
              { key: 'rule', title: 'rule', unit: 'text' },
              { key: 'seen', title: 'seen / bound', unit: 'text' },
              { key: 'did', title: 'what it did', unit: 'text' },
              { key: 'followed', title: 'next fill', unit: 'text' },
              { key: 'cause', title: 'cause', unit: 'text' },
              { key: 'note', title: 'note', unit: 'text' },
              { key: 'measure', title: 'measure', unit: 'text' },
              { key: 'observed', title: 'observed', unit: 'ratio' },
              { key: 'threshold', title: 'threshold', unit: 'ratio' },
              { key: 'kind', title: 'decision', unit: 'text' },
              { key: 'symbol', title: 'symbol', unit: 'text' },
              { key: 'account', title: 'account', unit: 'text' },
              { key: 'qty', title: 'quantity', unit: 'qty' },
              { key: 'price', title: 'stop', unit: 'price' },
              { key: 'nextTime', title: 'filled at', unit: 'time' },
              { key: 'line', title: 'line', unit: 'count' },
            ],
            yields: [
              'line',
              'observed',
              'threshold',
              'kind',
              'price',
              'qty',
              'symbol',
              'nextTime',
              'account',
              'note',
              'measure',
              'cause',
            ],
            rows: shown.map(rowOf),
            tones: shown.map(toneOf),
          },
    ],
  };
}

function rowOf(decision: ShownDecision): Row {
  const { line, time, guard, rule, kind, account, symbol, measure, observed, threshold, qty, price, next } =
    decision;
  return {
    line,
    time,
    guard,
    rule,
    seen: seenText(measure, observed, threshold),
    did: didOf(decision),
    followed: next === null ? null : `${formatCell('qty', next.qty)} at ${formatCell('price', next.price)}`,
    cause: next?.cause ?? null,
    note: noteOf(decision),
    measure,
    observed,
    threshold,
    kind,
    symbol,
    account,
    qty,
    price,
    nextTime: next?.time ?? null,
  };
}

function didOf({ kind, symbol, qty, price }: ShownDecision): string {
  if (price !== null) return `${kind} ${symbol} ${formatCell('price', price)}`;
  return qty === null ? kind : `${kind} ${symbol} ${formatCell('qty', qty)}`;
}

function noteOf({ kind, stands, manual, until, reasons }: ShownDecision): string {
  if (!stands) return 'another guard asked for more';
  if (kind === 'halt' && manual) return 'until an operator resumes';
  if (kind === 'halt' && until !== null) return `until ${utcText(until)}`;
  return reasons.length < 2 ? '' : reasons.map((one) => `${one.guard} ${one.rule}`).join('; ');
}

function toneOf({ severity, stands }: ShownDecision): Tone {
  if (!stands) return 'dim';
  if (severity === 'info') return 'plain';
  return severity === 'warning' ? 'warn' : 'bad';
}

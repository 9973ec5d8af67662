/** A replay on paper: what the guards made of it, what the account came to, the band, and curves over time. */
import type { Block, Page } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import type { RunResult } from '../replay/run-result.ts';
import { formatCell } from '../report/format.ts';
import type { ReplayResult } from '../studies/replay-result.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';
import {
  accountTable,
  bandTable,
  journalBlocks,
  ledgerTable,
  liquidationTables,
  ordersTable,
} from './replay-account.ts';
import {
  breakTable,
  deadRuleBlocks,
  decisionTable,
  decisionTimeline,
  drawdownLines,
  equityLines,
  guardTable,
  haltBlocks,
  levelLines,
} from './replay-guards.ts';

export function replayPage(report: Report<ReplayResult>, detail: boolean): Page {
  const { result } = report;
  return {
    title: titleOf('Replay', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --portfolio or --journal, and --ohlcv'),
      ...verdictBlocks(result),
      ...haltBlocks(result),
      accountTable(result),
      ...guardTable(result),
      ...decisionTable(result, detail),
      ...breakTable(result),
      ledgerTable(result),
      ...journalBlocks(result),
      ordersTable(result),
      ...liquidationTables(result, detail),
      bandTable(result),
      equityLines(result),
      ...levelLines(result),
      drawdownLines(result),
      ...decisionTimeline(result),
      ...deadRuleBlocks(result),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ window, journal, terms, guards }: ReplayResult): string {
  const what = journal === null ? 'a held book' : `${journal.used} trades of a journal`;
  const many = guards.length === 1 ? '1 guard' : `${guards.length} guards`;
  const how = guards.length === 0 ? 'unprotected' : `with ${many} and without`;
  const span = `${utcText(window.from)} to ${utcText(window.to)} UTC`;
  const margined = [...new Set(terms.flatMap(({ inForce }) => inForce))].join(', ');
  return `${what}, ${how}, ${span}; margined by ${margined}`;
}

/** Who is liquidated, without and with protection, and what the difference is worth. */
function verdictBlocks({ unprotected, protected: guarded, guards, dependsOnPath }: ReplayResult): Block[] {
  const open = dependsOnPath ? ' This depends on the order of prices inside bars.' : '';
  if (guards.length === 0) {
    const tone = unprotected.liquidations.length > 0 ? 'bad' : dependsOnPath ? 'warn' : 'good';
    return [{ kind: 'text', text: `${fateOf(unprotected)}${open}`, tone }];
  }
  const difference = Number(guarded.endEquity) - Number(unprotected.endEquity);
  const worth = `${difference > 0 ? '+' : ''}${formatCell(moneyUnit(unprotected.currency), difference)} ${unprotected.currency}`;
  const tone = guarded.liquidations.length > 0 ? 'bad' : dependsOnPath || difference < 0 ? 'warn' : 'good';
  return [
    { kind: 'text', text: `With guards: ${fateOf(guarded)} Without: ${fateOf(unprotected)}${open}`, tone },
    { kind: 'text', text: `The guards are worth ${worth} on this path.`, tone: 'plain' },
  ];
}

function fateOf({ liquidations, shortfall, currency }: RunResult): string {
  const [first] = liquidations;
  if (first === undefined) return 'nobody is liquidated.';
  const count = liquidations.length;
  const lost =
    Number(shortfall) > 0
      ? `, and ${formatCell(moneyUnit(currency), shortfall)} of loss beyond what the margins held`
      : '';
  const many = count === 1 ? 'one liquidation' : `${count} liquidations`;
  return `${many}, the first ${first.symbol} on ${utcText(first.time)}${lost}.`;
}

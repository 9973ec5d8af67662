/** `risk audit show`: why the engine did what it did. */
import { Command, Option } from 'commander';
import { guardNames } from '../engine/decision.ts';
import { decisionKinds } from '../io/audit-record.ts';
import { type AuditQuery, showResultOf } from '../io/audit-show-result.ts';
import { type Audit, readAudit } from '../io/read-audit.ts';
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { utcText } from '../model/utc-text.ts';
import { auditShowPage } from '../pages/audit-show.ts';
import type { Shell } from './command.ts';
import { addSharedOptions, readShared } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { momentValue, wholeValue } from './option-values.ts';
import { publish, reportOf } from './publish.ts';

const LIMIT = 50;

const help = `
Exit code 1 where a line is broken: what follows it is not shown. Each decision stands with what was observed, the threshold that it met, what was done, and the next fill of that account in
that symbol.

Examples:
  $ risk audit show replay.audit --guard funding-breaker --from 2022-05-09
  $ risk audit show replay.audit --kind deny --symbol BTCUSDT --limit 10`;

export function command(shell: Shell): Command {
  const self = new Command('show')
    .description('Decisions of an audit log: what was seen, what was done, what followed.')
    .argument('<file>', 'the log, as replay --audit writes it')
    .addOption(new Option('--guard <name>', 'of this guard').choices([...guardNames, 'engine']))
    .addOption(new Option('--kind <kind>', 'of this kind').choices(decisionKinds))
    .option('--symbol <symbol>', 'about this symbol')
    .addOption(new Option('--from <date>', 'the first moment, UTC').argParser(momentValue))
    .addOption(new Option('--to <date>', 'the last moment, UTC').argParser(momentValue))
    .addOption(
      new Option('--limit <n>', `print this many; ${LIMIT} unless told, all with --detail`).argParser(
        wholeValue(1),
      ),
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  return self.action(async (file: string) => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self);
    const query = queryOf(self, shared.detail);
    requireOrder(query);
    const audit = await readAudit(file, shell.cwd);
    requireSymbol(audit, query.symbol);
    const outcome = { result: showResultOf(audit, query), fidelity: [], warnings: warningsOf(audit) };
    const loaded = { inputs: [audit.input], fidelity: [], warnings: [] };
    const report = reportOf('audit show', outcome, loaded, { config, seed: shared.seed });
    const page = auditShowPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    // What follows a broken line is not shown: the answer is a part.
    shell.finish(audit.fault === null ? 0 : 1);
  });
}

function queryOf(self: Command, detail: boolean): AuditQuery {
  const asked = self.opts<Partial<AuditQuery>>();
  return {
    guard: asked.guard ?? null,
    kind: asked.kind ?? null,
    symbol: asked.symbol ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
    limit: asked.limit ?? (detail ? Number.POSITIVE_INFINITY : LIMIT),
  };
}

function requireOrder({ from, to }: AuditQuery): void {
  if (from === null || to === null || from <= to) return;
  throw new InputError({
    code: 'USAGE',
    message: `--from must not be after --to, was ${utcText(from)}, and --to ${utcText(to)}`,
    remedy: 'Turn the two moments round, or leave one out',
  });
}

function requireSymbol({ header }: Audit, symbol: string | null): void {
  if (symbol === null || header.symbols.includes(symbol)) return;
  const near = nearestName(symbol, header.symbols);
  throw new InputError({
    code: 'SYMBOL_UNKNOWN',
    message: `the symbol must be one of the log, was "${symbol}"`,
    remedy: near === null ? `It has ${header.symbols.join(', ')}` : `Did you mean ${near}?`,
  });
}

function warningsOf({ fault, torn, lines }: Audit): string[] {
  if (fault !== null) return [`${fault.text}; nothing behind it is shown`];
  return torn > 0 ? [`line ${lines + 1} is torn, as a run that was killed leaves it`] : [];
}

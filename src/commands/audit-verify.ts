/** `risk audit verify`: whether an audit log is as it was written, and where it is not. */
import { Command } from 'commander';
import { verifyResultOf } from '../io/audit-verify-result.ts';
import { readAudit } from '../io/read-audit.ts';
import { auditVerifyPage } from '../pages/audit-verify.ts';
import type { Shell } from './command.ts';
import { addSharedOptions, readShared } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish, reportOf } from './publish.ts';

/** A line of the log is broken. */
const EXIT_BROKEN = 1;

const help = `
Every line names the SHA-256 of the line before it, and the end counts decisions and fills: the first line that does not fit
is named, and the exit code is 1. A last line that was cut off is what a killed run leaves; it is said, and no fault.

Example:
  $ risk audit verify replay.audit`;

export function command(shell: Shell): Command {
  const self = new Command('verify')
    .description('Finds the first broken line of an audit log.')
    .argument('<file>', 'the log, as replay --audit writes it')
    .addHelpText('after', help);
  addSharedOptions(self);
  return self.action(async (file: string) => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self);
    const audit = await readAudit(file, shell.cwd);
    const outcome = { result: verifyResultOf(audit), fidelity: [], warnings: [] };
    const loaded = { inputs: [audit.input], fidelity: [], warnings: [] };
    const report = reportOf('audit verify', outcome, loaded, { config, seed: shared.seed });
    const page = auditVerifyPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(audit.fault === null ? 0 : EXIT_BROKEN);
  });
}

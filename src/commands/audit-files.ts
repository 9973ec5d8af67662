/** The logs of a run: the one that it writes, and the one that it is held to. */
import type { AuditVerdict } from '../io/compare-audit.ts';
import type { ReplayInputs } from '../studies/replay.ts';
import type { Shell } from './command.ts';

export type AuditFiles = { readonly audit?: string; readonly against?: string };

export type AuditIdentity = {
  readonly version: string;
  readonly runId: string;
  readonly configHash: string;
};

export type Audited = {
  readonly listener: ReplayInputs['listen'];
  /** Runs the study, and ends the log with it; a run that throws leaves its log without an end. */
  readonly around: <T>(run: () => T) => T;
  /** What the run is beside the other log; null where it is held to none. */
  readonly verdict: () => AuditVerdict | null;
};

export async function auditOf(
  shell: Shell,
  { audit, against }: AuditFiles,
  identity: AuditIdentity,
): Promise<Audited> {
  if (audit === undefined && against === undefined) {
    return { listener: null, around: (run) => run(), verdict: () => null };
  }
  // The other log is read before a new one is opened: they may be the same file.
  const other = against === undefined ? null : await heldTo(against, shell);
  const log = audit === undefined ? null : (await import('../io/audit-log.ts')).openAudit(audit, shell.cwd);
  return {
    listener: {
      begin: (about) => {
        log?.begin({ ...identity, ...about });
        other?.begin({ ...identity, ...about });
      },
      decision: (decision) => {
        log?.decision(decision);
        other?.decision(decision);
      },
      fill: (fill) => {
        log?.fill(fill);
        other?.fill(fill);
      },
    },
    around: (run) => {
      try {
        const result = run();
        log?.end();
        return result;
      } catch (error) {
        log?.close();
        throw error;
      }
    },
    verdict: () => other?.verdict() ?? null,
  };
}

async function heldTo(against: string, { cwd }: Shell) {
  const { compareWith } = await import('../io/compare-audit.ts');
  const { readAudit } = await import('../io/read-audit.ts');
  return compareWith(await readAudit(against, cwd), against);
}

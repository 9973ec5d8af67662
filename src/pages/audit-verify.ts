/** The verdict on an audit log on paper. */
import type { AuditVerifyResult } from '../io/audit-verify-result.ts';
import type { Block, Page } from '../model/page.ts';
import type { Report } from '../model/report.ts';

export function auditVerifyPage({ result, inputs }: Report<AuditVerifyResult>): Page {
  const { run, lines, decisions, fills, from, to, head } = result;
  return {
    title: 'Audit log',
    subtitle: `${inputs[0]?.path ?? ''}, of run ${run.runId.slice(0, 12)} by risk ${run.version}`,
    blocks: [
      verdictBlock(result),
      ...tornBlocks(result),
      {
        kind: 'fields',
        title: 'Log',
        fields: [
          { title: 'lines', unit: 'count', value: lines },
          { title: 'decisions', unit: 'count', value: decisions },
          { title: 'fills', unit: 'count', value: fills },
          { title: 'from', unit: 'time', value: from },
          { title: 'to', unit: 'time', value: to },
          { title: 'accounts', unit: 'text', value: run.accounts.join(', ') },
          { title: 'symbols', unit: 'text', value: run.symbols.join(', ') },
          { title: 'configuration', unit: 'text', value: run.configHash },
          { title: 'path', unit: 'text', value: run.pathHash },
          { title: 'last line', unit: 'text', value: head, note: 'keep it elsewhere: it seals the log' },
        ],
      },
    ],
  };
}

function verdictBlock({ fault, lines, finished }: AuditVerifyResult): Block {
  if (fault !== null)
    return { kind: 'text', tone: 'bad', text: `The chain is broken: ${fault.text} (${fault.why}).` };
  const end = finished ? 'and the run came to its end' : 'but the run did not come to its end';
  return {
    kind: 'text',
    tone: finished ? 'good' : 'warn',
    text: `The chain holds over all ${lines} lines, ${end}.`,
  };
}

function tornBlocks({ torn, lines }: AuditVerifyResult): Block[] {
  if (torn === 0) return [];
  const text = `Line ${lines + 1} is torn: ${torn} bytes without an end of line, as a run that was killed leaves them.`;
  return [{ kind: 'text', tone: 'warn', text }];
}

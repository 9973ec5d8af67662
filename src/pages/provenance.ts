/** What every page says of its inputs: the sample, the files and their readers, what was found, what is left open. */
import { fidelityFlags } from '../model/fidelity.ts';
import type { Block } from '../model/page.ts';
import type { Report } from '../model/report.ts';

/** The first line of every form: it says where the numbers come from when they come from no market. */
export function titleOf(name: string, report: Report<unknown>): string {
  return report.fidelity.includes('synthetic-data') ? `${name} on the bundled sample (synthetic)` : name;
}

/** What to do about it; `how` says how this command is given files. */
export function sampleBlocks(report: Report<unknown>, how: string): Block[] {
  if (!report.fidelity.includes('synthetic-data')) return [];
  const text = `These prices were generated from a seed. Name your own files${how}.`;
  return [{ kind: 'text', tone: 'warn', text }];
}

/** What makes a run repeatable, in one line; hashes by their first twelve digits, the report has them whole. */
export function provenanceLine({ version, runId, configHash, seed }: Report<unknown>): string {
  return `risk ${version}, run ${runId.slice(0, 12)}, configuration ${configHash.slice(0, 12)}, seed ${seed}`;
}

/** Inputs, findings and fidelity flags, at the end of a page. */
export function provenanceBlocks(report: Report<unknown>): Block[] {
  const { inputs, warnings, fidelity } = report;
  const blocks: Block[] = [];
  if (inputs.length > 0) {
    blocks.push({
      kind: 'table',
      title: 'Inputs',
      columns: [
        { key: 'role', title: 'role', unit: 'text' },
        { key: 'path', title: 'file', unit: 'text' },
        { key: 'format', title: 'reader', unit: 'text' },
        { key: 'rows', title: 'rows', unit: 'count' },
        { key: 'rejected', title: 'dropped', unit: 'count' },
        { key: 'from', title: 'from', unit: 'time' },
        { key: 'to', title: 'to', unit: 'time' },
        { key: 'why', title: 'why this reader', unit: 'text' },
      ],
      yields: ['why', 'to', 'from', 'rejected'],
      rows: inputs.map(({ symbols: _, sha256: __, ...row }) => row),
    });
  }
  for (const { code, text, input, count } of warnings) {
    const where = input === null ? '' : ` (${input})`;
    const times = count > 1 ? ` x${count}` : '';
    blocks.push({ kind: 'text', tone: 'warn', text: `${code}${times}${where}: ${text}` });
  }
  for (const flag of fidelity)
    blocks.push({ kind: 'text', tone: 'dim', text: `${flag}: ${fidelityFlags[flag]}` });
  return blocks;
}

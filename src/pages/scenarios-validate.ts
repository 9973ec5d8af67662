/** Which scenario files say what can be, on paper: a line a file, then what is wrong with those that do not. */
import type { ScenariosValidateResult } from '../io/scenarios-validate-result.ts';
import type { Block, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';

export function scenariosValidatePage({ result }: Report<ScenariosValidateResult>): Page {
  const { scenarios, refused } = result;
  const count = scenarios.length + refused.length;
  return {
    title: 'Scenario files',
    subtitle: `${count === 1 ? 'One file' : `${count} files`}, ${scenarios.length} valid, ${refused.length} refused`,
    blocks: [files(result), ...refused.map(refusal)],
  };
}

function files({ scenarios, refused }: ScenariosValidateResult): Block {
  return {
    kind: 'table',
    main: true,
    columns: [
      { key: 'file', title: 'file', unit: 'text' },
      { key: 'verdict', title: 'verdict', unit: 'text' },
      { key: 'id', title: 'id', unit: 'text' },
      { key: 'kind', title: 'kind', unit: 'text' },
      { key: 'origin', title: 'origin', unit: 'text' },
      { key: 'from', title: 'from', unit: 'time' },
      { key: 'to', title: 'to', unit: 'time' },
      { key: 'assets', title: 'assets', unit: 'text' },
    ],
    yields: ['id'],
    rows: [
      ...scenarios.map(
        ({ file, id, kind, origin, from, to, assets }): Row => ({
          file,
          verdict: 'valid',
          id,
          kind,
          origin,
          from,
          to,
          assets: assets.join(' '),
        }),
      ),
      ...refused.map(
        ({ file }): Row => ({
          file,
          verdict: 'refused',
          id: null,
          kind: null,
          origin: null,
          from: null,
          to: null,
          assets: null,
        }),
      ),
    ],
    tones: [...scenarios.map(() => 'plain' as const), ...refused.map(() => 'bad' as const)],
  };
}

function refusal({ file, code, line, message, remedy }: ScenariosValidateResult['refused'][number]): Block {
  const where = line === null ? file : `${file}:${line}`;
  const next = remedy === null ? '' : `. ${remedy}`;
  return { kind: 'text', tone: 'bad', text: `${where} was refused. ${code}: ${message}${next}` };
}

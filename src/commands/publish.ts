/** From a study's outcome to what the user gets: the report, on stdout and in the files that were asked for. */
import type { Config } from '../io/config.ts';
import { runIdOf } from '../io/run-id.ts';
import { writeWhole } from '../io/write-file.ts';
import type { Page } from '../model/page.ts';
import type { Report, ReportWarning } from '../model/report.ts';
import type { Outcome } from '../model/study.ts';
import { version } from '../model/version.ts';
import { jsonText } from '../report/json.ts';
import { renderPage } from '../report/render.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import type { SharedOptions } from './flags.ts';
import type { Loaded } from './load.ts';

/** The envelope around a result. */
export function reportOf<R>(
  command: string,
  outcome: Outcome<R>,
  loaded: Pick<Loaded, 'inputs' | 'fidelity' | 'warnings'>,
  { config, seed }: { readonly config: Config<ConfigTree>; readonly seed: number },
): Report<R> {
  const { inputs } = loaded;
  const told = outcome.warnings.map((text) => ({ code: command, input: null, count: 1, text }));
  return {
    schema: 'risk-report/1',
    command,
    version,
    runId: runIdOf({ command, version, configHash: config.hash, seed, inputs }),
    seed,
    config: config.values,
    configHash: config.hash,
    inputs,
    fidelity: [...new Set([...loaded.fidelity, ...outcome.fidelity])],
    warnings: [...loaded.warnings, ...told],
    result: outcome.result,
  };
}

export type Publication<R> = {
  /** What JSON carries. */
  readonly report: Report<R>;
  /** What stdout carries in the other formats. */
  readonly page: Page;
  /** The page with charts, for --html. */
  readonly graphic: () => Page;
};

/** Writes the files that were asked for, then stdout: a result that cannot be written is never half told. */
export async function publish<R>(
  shell: Shell,
  { format, out, html, quiet }: SharedOptions,
  { report, page, graphic }: Publication<R>,
): Promise<void> {
  if (out !== null) await writeWhole(out, shell.cwd, jsonText(report));
  if (html !== null) {
    const { htmlText } = await import('../report/html.ts');
    await writeWhole(html, shell.cwd, htmlText(graphic()));
  }
  // The table holds its warnings; the other forms go to files and programs, and a person sees only stderr.
  if (!quiet && format !== 'table')
    for (const warning of report.warnings) shell.err(`${warningText(warning)}\n`);
  const { columns: width, colour } = shell;
  shell.out(format === 'json' ? jsonText(report) : renderPage(page, { format, width, colour }));
}

function warningText({ code, input, count, text }: ReportWarning): string {
  const times = count > 1 ? ` x${count}` : '';
  const where = input === null ? '' : ` (${input})`;
  return `warning: ${code}${times}${where}: ${text}`;
}

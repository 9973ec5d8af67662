/** `risk data inspect`: what the data gate finds in files, before anything is run on them. */
import { Command } from 'commander';
import { type Inspection, inspectFiles, UNKNOWN_SYMBOL } from '../io/inspect-files.ts';
import type { FileRead } from '../io/read-files.ts';
import { sampleFiles } from '../io/sample.ts';
import type { ReportWarning } from '../model/report.ts';
import { dataInspectPage } from '../pages/data-inspect.ts';
import { dataInspect, type InspectedSeries } from '../studies/data-inspect.ts';
import type { DataInspectResult } from '../studies/data-inspect-result.ts';
import type { Shell } from './command.ts';
import { dataFlags } from './data-flags.ts';
import { addPathFlags, addSharedOptions, readShared } from './flags.ts';
import { fidelityOf, fileOptions, warningsOf } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish, reportOf } from './publish.ts';

const flags = dataFlags('symbol', 'reader', 'timeOffset', 'stamps', 'maxGap');

/** A file that cannot be read at all ends the command like any other that would read it. */
const EXIT_DATA = 3;
const IMPOSSIBLE_SHOWN = 20;

const help = `
Files may be of bars, trades, funding or journals; what a file is shows in its content. Impossible rows are listed;
the other commands stop at the first of them unless --on-bad-row drop is given.

Examples:
  $ risk data inspect
  $ risk data inspect data/sample --format json --detail`;

export function command(shell: Shell): Command {
  const self = new Command('inspect')
    .description('What the data gate finds in files: every finding, every impossible row, a score.')
    .argument('[files...]', 'files, folders or globs')
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async (named: readonly string[]) => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const { data } = config.values;
    const sample = (['ohlcv', 'journal', 'funding'] as const).flatMap(sampleFiles);
    const files = named.length === 0 ? sample : named;
    const inspection = await inspectFiles(files, { ...fileOptions(shell, data), onBadRow: 'drop' });
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = dataInspect.run(inputsOf(inspection), config.values, ctx);
    const reads = inspection.series.map(({ read }) => read);
    const loaded = {
      inputs: reads.map(({ input }) => input),
      warnings: [...reads.flatMap(warningsOf), ...reads.flatMap(withoutSymbol)],
      fidelity: fidelityOf(reads),
    };
    const full = reportOf('data inspect', outcome, loaded, { config, seed: shared.seed });
    const report = shared.detail ? full : { ...full, result: shortened(full.result) };
    const page = dataInspectPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(inspection.refused.length > 0 ? EXIT_DATA : 0);
  });
}

function inputsOf({ series, refused }: Inspection) {
  const inspected = series.map(({ role, read, bars }): InspectedSeries => {
    const { path, format, why, symbols, rows, from, to } = read.input;
    const about = { file: path, role, format, why, symbols, rows, from, to };
    return { ...about, findings: read.findings, faults: read.faults, bars, counts: read.counts };
  });
  return { series: inspected, refused };
}

/** Every other command that reads this file asks for its symbol. */
function withoutSymbol({ input }: FileRead<unknown>): ReportWarning[] {
  if (!input.symbols.includes(UNKNOWN_SYMBOL)) return [];
  const text = 'the symbol shows neither in a column nor in the name; other commands need --symbol';
  return [{ code: 'symbol-unknown', input: input.path, count: 1, text }];
}

function shortened({ series, refused }: DataInspectResult): DataInspectResult {
  return {
    series: series.map((one) => ({ ...one, impossible: one.impossible.slice(0, IMPOSSIBLE_SHOWN) })),
    refused,
  };
}

/** What a stress test is given: the book, the scenarios, recorded files in the place of their points. */
import { basename } from 'node:path';
import { readPortfolioFile } from '../io/read-portfolio.ts';
import { sampleFiles } from '../io/sample.ts';
import { loadScenario, scenarioIds } from '../io/scenario-files.ts';
import type { Bars } from '../market/bars.ts';
import type { Book } from '../model/book.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { ReportInput, ReportWarning } from '../model/report.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Recorded } from '../studies/stress.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';

export type StressLoad = {
  readonly book: Book;
  readonly scenarios: readonly Scenario[];
  readonly recorded: readonly Recorded[];
  readonly ohlcv: readonly Bars[];
  readonly inputs: readonly ReportInput[];
  readonly warnings: readonly ReportWarning[];
  readonly fidelity: readonly Fidelity[];
};

export async function loadStress(
  shell: Shell,
  data: ConfigTree['data'],
  needsReturns: boolean,
): Promise<StressLoad> {
  const own = data.portfolio[0];
  const [file = ''] = own === undefined ? sampleFiles('portfolio') : [own];
  const held = await readPortfolioFile(file, shell.cwd);
  const names = data.scenarios.length > 0 ? [...new Set(data.scenarios)] : scenarioIds();
  const read = await Promise.all(names.map((name) => loadScenario(name, shell.cwd)));
  const market = await loadMarket(shell, data);
  const returns = await loadBars(shell, data, needsReturns ? returnsOf(data, own === undefined) : []);
  return {
    book: held.book,
    scenarios: read.map(({ scenario }) => scenario),
    recorded: market.recorded,
    ohlcv: returns.recorded.map(({ bars }) => bars),
    inputs: [held.input, ...read.map(({ input }) => input), ...market.inputs, ...returns.inputs],
    warnings: [...market.warnings, ...returns.warnings],
    fidelity: [...new Set([...market.fidelity, ...returns.fidelity])],
  };
}

/** The sample's returns go with the sample's book alone. */
function returnsOf(data: ConfigTree['data'], isSample: boolean): readonly string[] {
  if (data.ohlcv.length > 0) return data.ohlcv;
  return isSample ? sampleFiles('ohlcv') : [];
}

/** Folders of recorded files may hold funding and other things as well: those are left aside, and said. */
async function loadMarket(shell: Shell, data: ConfigTree['data']): Promise<LoadedBars> {
  if (data.market.length === 0) return loadBars(shell, data, []);
  const { asideText, barFiles } = await import('../io/bar-files.ts');
  const { bars, aside } = await barFiles(data.market, { cwd: shell.cwd, reader: data.reader });
  const loaded = await loadBars(shell, data, bars);
  if (aside.length === 0) return loaded;
  const text = `${aside.length === 1 ? 'a file that holds' : 'files that hold'} no bars ${aside.length === 1 ? 'was' : 'were'} left aside: ${asideText(aside)}`;
  const warning = { code: 'market-unused', input: null, count: aside.length, text };
  return { ...loaded, warnings: [warning, ...loaded.warnings] };
}

type LoadedBars = Pick<StressLoad, 'recorded' | 'inputs' | 'warnings' | 'fidelity'>;

/** The readers are loaded only where a file is to be read: a start without any is quick. */
async function loadBars(
  shell: Shell,
  data: ConfigTree['data'],
  files: readonly string[],
): Promise<LoadedBars> {
  if (files.length === 0) return { recorded: [], inputs: [], warnings: [], fidelity: [] };
  const { readOhlcvFiles } = await import('../io/read-files.ts');
  const { fidelityOf, fileOptions, warningsOf } = await import('./load.ts');
  const reads = await readOhlcvFiles(files, fileOptions(shell, data));
  return {
    recorded: reads.map(({ data: bars, input }) => ({
      file: basename(input.path),
      market: marketOf(input.path),
      bars,
    })),
    inputs: reads.map(({ input }) => input),
    warnings: reads.flatMap(warningsOf),
    fidelity: fidelityOf(reads),
  };
}

/** What the name of a file says; one that says nothing is taken for spot, which is flagged where it stands in for a perpetual. */
function marketOf(path: string): Recorded['market'] {
  return /(^|[^a-z])(perp|perpetual|futures?|swap|usd-?m|um|xbtusd)([^a-z]|$)/i.test(path) ? 'perp' : 'spot';
}

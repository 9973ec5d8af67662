/** What a value at risk is given: the book, bars for its symbols, the scenario whose window is asked about. */
import { readPortfolioFile } from '../io/read-portfolio.ts';
import { sampleFiles } from '../io/sample.ts';
import { loadScenario } from '../io/scenario-files.ts';
import type { Bars } from '../market/bars.ts';
import type { Book } from '../model/book.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { ReportInput, ReportWarning } from '../model/report.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import { loadInputs } from './load.ts';

export type VarLoad = {
  readonly book: Book;
  readonly ohlcv: readonly Bars[];
  readonly scenario: Scenario | null;
  readonly inputs: readonly ReportInput[];
  readonly warnings: readonly ReportWarning[];
  readonly fidelity: readonly Fidelity[];
};

/** Book and bars each have a default of their own: the example book, and the bars of the sample. */
export async function loadVar(shell: Shell, { data, studies }: ConfigTree): Promise<VarLoad> {
  const market = await loadInputs(shell, data, { roles: ['ohlcv', 'ticks'], fromSample: ['ohlcv'] });
  const own = data.portfolio[0];
  const [file = ''] = own === undefined ? sampleFiles('portfolio') : [own];
  const held = await readPortfolioFile(file, shell.cwd);
  const { stressed } = studies.var;
  const read = stressed === null ? null : await loadScenario(stressed, shell.cwd);
  const isMixed = own === undefined && data.ohlcv.length + data.ticks.length > 0;
  const told = 'no --portfolio was named: the example book stands in, at the prices of the named files';
  return {
    book: held.book,
    ohlcv: market.ohlcv,
    scenario: read?.scenario ?? null,
    inputs: [...market.inputs, held.input, ...(read === null ? [] : [read.input])],
    warnings: [
      ...market.warnings,
      ...(isMixed ? [{ code: 'var', input: held.input.path, count: 1, text: told }] : []),
    ],
    fidelity: market.fidelity,
  };
}

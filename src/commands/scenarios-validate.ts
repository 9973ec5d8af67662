/** `risk scenarios validate`: whether scenario files say what can be, before a book is sent through them. */
import { Command } from 'commander';
import { loadScenario } from '../io/scenario-files.ts';
import { refusedScenario, validScenario } from '../io/scenarios-validate-result.ts';
import { DataError, InputError } from '../model/errors.ts';
import type { ReportInput } from '../model/report.ts';
import { scenariosValidatePage } from '../pages/scenarios-validate.ts';
import type { Shell } from './command.ts';
import { addSharedOptions, readShared } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish, reportOf } from './publish.ts';

/** A file that is wrong ends the command like any other that would read it; one that is not there, where all others fit. */
const EXIT_INPUT = 2;
const EXIT_DATA = 3;

const help = `
All files are judged, each wrong one with its line and what to do. A bundled scenario may be named by its id alone. The
keys and their meaning: risk schema scenario.

Example:
  $ risk scenarios validate scenarios/luna.yaml`;

export function command(shell: Shell): Command {
  const self = new Command('validate')
    .description('Says of scenario files what they hold, or what is wrong with them.')
    .argument('<files...>', 'scenario files, or ids of bundled ones')
    .addHelpText('after', help);
  addSharedOptions(self);
  return self.action(async (names: readonly string[]) => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self);
    const { inputs, exit, ...result } = await judged(names, shell.cwd);
    const loaded = { inputs, fidelity: [], warnings: [] };
    const outcome = { result, fidelity: [], warnings: [] };
    const report = reportOf('scenarios validate', outcome, loaded, { config, seed: shared.seed });
    const page = scenariosValidatePage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(exit);
  });
}

async function judged(names: readonly string[], cwd: string) {
  const inputs: ReportInput[] = [];
  const scenarios: ReturnType<typeof validScenario>[] = [];
  const refused: ReturnType<typeof refusedScenario>[] = [];
  let exit = 0;
  for (const name of names) {
    try {
      const { scenario, input } = await loadScenario(name, cwd);
      inputs.push(input);
      scenarios.push(validScenario(name, scenario));
    } catch (error) {
      if (!(error instanceof InputError || error instanceof DataError)) throw error;
      refused.push(refusedScenario(name, error.fault));
      if (error instanceof InputError) exit = EXIT_INPUT;
      else if (exit === 0) exit = EXIT_DATA;
    }
  }
  return { inputs, scenarios, refused, exit };
}

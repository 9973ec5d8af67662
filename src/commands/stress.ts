/** `risk stress`: a book as it stands through crises, hypothetical worlds and controls, guarded and not. */
import { Command } from 'commander';
import { scenarioIds } from '../io/scenario-files.ts';
import { loadVenue } from '../io/venue-files.ts';
import { InputError } from '../model/errors.ts';
import { stressPage } from '../pages/stress.ts';
import { stress } from '../studies/stress.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { guardFlags } from './guard-flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { loadStress } from './load-stress.ts';
import { numberValue, textList, wholeValue } from './option-values.ts';
import { pathPolicyFlags } from './path-policy-flags.ts';
import { progressOf } from './progress.ts';
import { publish, reportOf } from './publish.ts';
import { venueFlags } from './venue-flags.ts';

const study = 'studies.stress';

/** The portfolio states venues and modes; scenarios state depths, and where a depth is known no law of impact is asked. */
const elsewhere: readonly string[] = ['venue.name', 'venue.marginMode', 'venue.slippage.impactCoefficient'];

const flags: readonly PathFlag[] = [
  { flags: '--scenario <names...>', path: 'data.scenarios', help: 'ids of scenarios, or files of your own' },
  {
    flags: '--portfolio <file>',
    path: 'data.portfolio',
    help: 'a portfolio file: accounts, positions, resting orders (default: the example book)',
    parse: textList,
  },
  {
    flags: '--market <files...>',
    path: 'data.market',
    help: 'recorded bars in the place of the points of historical scenarios: files, folders or globs; spot beside a perpetual gives the marks',
  },
  {
    flags: '--scale <x>',
    path: `${study}.scale`,
    help: 'multiplies log moves, log multiples of spread and depth, and funding rates',
    parse: numberValue,
  },
  {
    flags: '--shift <pairs>',
    path: `${study}.shift`,
    help: 'SOL=LUNA: SOL moves as LUNA does; assets: what hurts most befalls what is held most',
    parse: textList,
  },
  {
    flags: '--repeat <n>',
    path: `${study}.repeat`,
    help: 'seeds of the bridges between known prices',
    parse: wholeValue(1),
  },
  ...pathPolicyFlags(study),
  {
    flags: '--bar-interval <interval>',
    path: `${study}.barInterval`,
    help: 'of the bars on which guards measure ATR and volatility',
  },
  {
    flags: '--reverse',
    path: `${study}.reverse`,
    help: 'the smallest shocks that reach each breaker, rung, liquidation and insolvency',
  },
  {
    flags: '--distance',
    path: `${study}.distance`,
    help: 'the largest leverage that survives, for each position and scenario',
  },
  {
    flags: '--correlation <which>',
    path: `${study}.correlation`,
    help: 'of the returns behind the most plausible shock: sample, or crisis: 0.9 between all',
    choices: ['sample', 'crisis'],
  },
  {
    flags: '--ohlcv <files...>',
    path: 'data.ohlcv',
    help: 'bars whose daily returns say what is plausible, for --reverse',
  },
  {
    flags: '--unmarked <price>',
    path: `${study}.unmarked`,
    help: 'where a position without a mark begins',
    choices: ['entry', 'scenario'],
  },
  ...guardFlags,
  ...venueFlags.filter(({ path }) => !elsewhere.includes(path)),
];

/** Points of a curve in a report without --detail. */
const CURVE_POINTS = 240;

const help = `
Without --scenario and with --all, every bundled scenario runs; --list names them. "risk schema scenario" says what a file of your own
holds, "risk scenarios validate FILE" whether it does.

Examples:
  $ risk stress --scenario luna
  $ risk stress --all --html stress.html
  $ risk stress --scenario ftx --scenario covid --scale 0.5
  $ risk stress --scenario luna --shift SOL=LUNA
  $ risk stress --reverse --distance --scenario flash-crash
  $ risk stress --list`;

type Options = {
  readonly all?: boolean;
  readonly list?: boolean;
  readonly scenario?: string[];
  readonly reverse?: boolean;
  readonly ohlcv?: string[];
  readonly correlation?: string;
};

export function command(shell: Shell): Command {
  const self = new Command('stress')
    .description(
      'A book as it stands through crises, hypothetical worlds and controls: who is liquidated, when, and which guard acted first.',
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  self
    .option('--all', 'every bundled scenario, whatever the configuration names')
    .option('--list', 'name the bundled scenarios and run none');
  return self.action(async () => {
    const shared = readShared(self);
    const { all, list, scenario, reverse, ohlcv, correlation } = self.opts<Options>();
    const idle = ohlcv !== undefined ? '--ohlcv' : correlation !== undefined ? '--correlation' : null;
    if (idle !== null && reverse !== true) {
      throw new InputError({
        code: 'USAGE',
        message: `${idle} must stand beside --reverse, which alone reads it, stood without`,
        remedy: 'Add --reverse, or leave it out; --market takes recorded bars of the scenario',
      });
    }
    if (all === true && scenario !== undefined) {
      throw new InputError({
        code: 'USAGE',
        message: 'scenarios must be named by --scenario or be --all, was both',
        remedy: 'Leave one of them out',
      });
    }
    const every = {
      path: 'data.scenarios',
      value: scenarioIds(),
      origin: { layer: 'flag', text: 'flag --all' },
    } as const;
    const config = await loadCommandConfig(shell, self, flags, all === true ? [every] : []);
    if (list === true) {
      const { listScenarios } = await import('./scenarios-list.ts');
      await listScenarios(shell, shared, config);
      return;
    }
    const { data } = config.values;
    const loaded = await loadStress(shell, data, config.values.studies.stress.reverse);
    const names = new Set(loaded.book.accounts.map(({ venue }) => venue));
    const venues = await Promise.all([...names].map(loadVenue));
    const progress = progressOf(shell, shared.quiet, 'stressing');
    const equityPoints = shared.detail ? Number.POSITIVE_INFINITY : CURVE_POINTS;
    const ctx = { seed: shared.seed, progress: progress.step };
    const outcome = stress.run({ ...loaded, venues, equityPoints }, config.values, ctx);
    progress.end();
    const report = reportOf('stress', outcome, loaded, { config, seed: shared.seed });
    await publish(shell, shared, {
      report,
      page: stressPage(report, false),
      graphic: () => stressPage(report, true),
    });
    shell.finish(0);
  });
}

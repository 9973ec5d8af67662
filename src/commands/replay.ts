/** `risk replay`: a journal or a book through the simulated exchange along the path of its data, guarded and not. */
import { Command } from 'commander';
import { authoriseOperators, readOverrideCode } from '../io/override-code.ts';
import { runIdOf } from '../io/run-id.ts';
import { loadVenue } from '../io/venue-files.ts';
import { version } from '../model/version.ts';
import { replayPage } from '../pages/replay.ts';
import { replay } from '../studies/replay.ts';
import { type AuditFiles, auditOf } from './audit-files.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { guardFlags } from './guard-flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { bookFlags, marketFlags } from './market-flags.ts';
import { numberValue } from './option-values.ts';
import { pathPolicyFlags } from './path-policy-flags.ts';
import { progressOf } from './progress.ts';
import { publish, reportOf } from './publish.ts';
import { nameSilentRules } from './silent-rules.ts';
import { venueFlags } from './venue-flags.ts';

const study = 'studies.replay';

const flags: readonly PathFlag[] = [
  ...bookFlags,
  { flags: '--journal <files...>', path: 'data.journal', help: 'own round trips: files, folders or globs' },
  {
    flags: '--journal-offset <time>',
    path: 'data.journalOffset',
    help: 'how far the stamps of the journal alone are ahead of UTC',
  },
  { flags: '--strategy <name>', path: 'data.strategy', help: 'the strategy of a journal that holds several' },
  ...marketFlags,
  ...pathPolicyFlags(study),
  {
    flags: '--from <date>',
    path: `${study}.from`,
    help: 'first moment, UTC: 2022-05-04 or 2022-05-04T12:00:00Z',
  },
  { flags: '--to <date>', path: `${study}.to`, help: 'last moment, UTC' },
  { flags: '--balance <amount>', path: `${study}.balance`, help: 'starting wallet of a journal' },
  {
    flags: '--notional <f>',
    path: `${study}.notional`,
    help: 'notional of a trade without a quantity, as a fraction of starting equity',
    parse: numberValue,
  },
  {
    flags: '--leverage <n>',
    path: `${study}.leverage`,
    help: "leverage of every trade instead of the journal's",
    parse: numberValue,
  },
  {
    flags: '--counterfactual',
    path: `${study}.counterfactual`,
    help: 'judge each guard alone and left out, on the same path',
  },
  ...guardFlags,
  ...venueFlags,
];

/** A decision, a fill or a price is another one than in the log that the run is held to. */
const EXIT_DIFFERS = 4;

/** Points of equity in a report without --detail. */
const EQUITY_POINTS = 2000;

const help = `
Operators act at the moments of engine.operator (halt, resume, override). Where guards.emergency-stop.overrideHash is set, each
of their acts asks for the code of that hash, from --override-code: it is checked before the run, and no report or log holds it.
The hash of a code, such as scrypt$16384$8$1$salt$hash, is made by
  $ node -e 'const c = require("node:crypto"), s = c.randomBytes(16), code = require("node:fs").readFileSync(0, "utf8").trim();
    console.log(["scrypt", 16384, 8, 1, s.toString("base64"), c.scryptSync(code, s, 32).toString("base64")].join("$"))' < code.txt

Examples:
  $ risk replay
  $ risk replay --portfolio data/sample/portfolio.yaml --ohlcv 'data/sample/*-1h.csv' --funding 'data/sample/*-funding.csv'
  $ risk replay --journal data/sample/journal.csv --ohlcv 'data/sample/*-1h.csv' --leverage 5 --html replay.html
  $ risk replay --counterfactual --audit audit.jsonl
  $ risk replay --against audit.jsonl
  $ risk replay --config operators.yaml --override-code code.txt`;

export function command(shell: Shell): Command {
  const self = new Command('replay')
    .description(
      'A journal or a held book through the simulated exchange along the path of its data, with the guards and without.',
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  self
    .option('--audit <file>', 'write every decision of the protected run to a log as it is made')
    .option(
      '--against <file>',
      'compare every decision and fill with such a log; exit 4 where one or a price differs',
    )
    .option('--override-code <file>', 'a file that holds the code of the operators of engine.operator');
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const { data, venue, engine, guards } = config.values;
    const { overrideCode } = self.opts<{ overrideCode?: string }>();
    const code = overrideCode === undefined ? null : readOverrideCode(shell.cwd, overrideCode);
    authoriseOperators(engine.operator, guards['emergency-stop'].overrideHash, code);
    if (!shared.quiet) nameSilentRules(shell, config.values);
    const loaded = await loadInputs(shell, data, {
      roles: replay.needs,
      fromSample: ['ohlcv', 'funding', 'portfolio'],
    });
    const names = loaded.book === null ? [venue.name] : loaded.book.accounts.map((account) => account.venue);
    const venues = await Promise.all([...new Set(names)].map(loadVenue));
    const progress = progressOf(shell, shared.quiet, 'replaying');
    const ctx = { seed: shared.seed, progress: progress.step };
    const equityPoints = shared.detail ? Number.POSITIVE_INFINITY : EQUITY_POINTS;
    const files = self.opts<AuditFiles>();
    const identity = {
      command: 'replay',
      version,
      configHash: config.hash,
      seed: shared.seed,
      inputs: loaded.inputs,
    };
    const audit = await auditOf(shell, files, { runId: runIdOf(identity), version, configHash: config.hash });
    const outcome = audit.around(() =>
      replay.run({ ...loaded, venues, equityPoints, listen: audit.listener }, config.values, ctx),
    );
    progress.end();
    const report = reportOf('replay', outcome, loaded, { config, seed: shared.seed });
    const page = replayPage(report, shared.detail);
    await publish(shell, shared, { report, page, graphic: () => page });
    const verdict = audit.verdict();
    if (verdict !== null && (verdict.kind !== 'identical' || !shared.quiet)) shell.err(`${verdict.text}\n`);
    shell.finish(verdict?.kind === 'differs' ? EXIT_DIFFERS : 0);
  });
}

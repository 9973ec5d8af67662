/** Builds the package: the command line as one script with its launcher, the library with its types file by file. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { writeCompiled } from './build/compiled.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** dist/schemas: the JSON Schema of risk.yaml, of portfolio, order and scenario files and of every report, as `risk schema` prints them. */
async function writeSchemas(): Promise<void> {
  const folder = join(dist, 'schemas');
  await mkdir(folder, { recursive: true });
  const run = promisify(execFile);
  const write = async (name: string, words: readonly string[]) => {
    const { stdout } = await run(process.execPath, [join(dist, 'cli.js'), 'schema', ...words]);
    await writeFile(join(folder, `${name}.json`), stdout);
  };
  const { reportSchemas } = await import('../src/commands/report-schemas.ts');
  await Promise.all([
    write('risk-yaml', []),
    write('portfolio', ['portfolio']),
    write('order', ['order']),
    write('scenario', ['scenario']),
    ...[...reportSchemas.keys()].map((name) => write(name.replaceAll(' ', '-'), [name])),
  ]);
}

/**
 * commander loads node:child_process for sub-commands that are programs of their own; there are none here, and the module
 * costs about 2 ms of every start.
 */
const withoutChildProcess: Plugin = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'absent' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** zod brings its messages in fifty languages, half of its text; ours are written in one. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/** Packages that most starts do without: large, and scripts of their own. */
const aside = ['zod', 'yaml', 'arquero', '@uwdata/flechette', 'hyparquet', 'hyparquet-compressors'];

const fileOf = (name: string) => `${name.replace(/^@.*\//, '')}.cjs`;

/** Reads the packages aside where they lie, when they are asked for. */
function packagesAside(but?: string): Plugin {
  return {
    name: 'packages-aside',
    setup({ onResolve }) {
      onResolve({ filter: /^[a-z@]/ }, ({ path }) =>
        aside.includes(path) && path !== but
          ? { path: `./${but === undefined ? 'aside/' : ''}${fileOf(path)}`, external: true }
          : undefined,
      );
    },
  };
}

/** Common to the scripts of the bundle. */
const script: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // What is imported when it is asked for is made when it is asked for.
  supported: { 'dynamic-import': false },
  // ES modules before CommonJS: a bundled CommonJS package has no named imports.
  mainFields: ['module', 'main'],
  // Less text starts faster; names stay, so that the trace of a bug can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'silent',
};

/** dist/aside: the packages that are read when they are asked for. */
async function bundlePackages(): Promise<void> {
  const one = (name: string) =>
    build({
      ...script,
      stdin: { contents: `export * from '${name}';`, resolveDir: root },
      outfile: join(dist, 'aside', fileOf(name)),
      plugins: [withoutLocales, packagesAside(name)],
    });
  await Promise.all(aside.map(one));
}

/** dist/risk.cjs: all commands as one script, a function of what it needs of its launcher. */
async function bundleCommands(): Promise<void> {
  await build({
    ...script,
    entryPoints: ['src/cli.ts'],
    outfile: join(dist, 'risk.cjs'),
    define: { 'import.meta.url': 'launchedFrom' },
    banner: { js: '(function(require,launchedFrom){' },
    footer: { js: '})' },
    plugins: [withoutChildProcess, packagesAside()],
  });
}

/** dist/cli.js: what is started. */
async function bundleLauncher(): Promise<void> {
  const cli = join(dist, 'cli.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/launch.ts'],
    outfile: cli,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'silent',
  });
  await chmod(cli, 0o755);
}

/** A start of each command whose code is kept, by the name that the launcher finds it under. */
const kept: readonly { readonly name: string; readonly words: readonly string[] }[] = [
  { name: 'help', words: ['--help'] },
  { name: 'config', words: ['config', '--path', 'guards.stops.multiplier'] },
  { name: 'check', words: ['check'] },
  { name: 'backtest-stops', words: ['backtest-stops', '--multiplier', '2'] },
  { name: 'margin', words: ['margin'] },
  { name: 'replay', words: ['replay'] },
  { name: 'stress', words: ['stress', '--all'] },
  { name: 'var', words: ['var'] },
  { name: 'size', words: ['size'] },
  { name: 'funding-table', words: ['funding', 'table'] },
  { name: 'scenarios-list', words: ['scenarios', 'list'] },
  { name: 'data-inspect', words: ['data', 'inspect', 'data/sample/BTCUSDT-1h.csv'] },
  { name: 'data-describe', words: ['data', 'describe', 'data/sample/BTCUSDT-1h.csv'] },
];

/** dist/code: what V8 has compiled by the end of a command. */
async function writeCode(): Promise<void> {
  const folder = join(dist, 'code');
  await mkdir(folder, { recursive: true });
  const keep = fileURLToPath(new URL('build/keep-code.ts', import.meta.url));
  const run = promisify(execFile);
  for (const { name, words } of kept) {
    const file = join(folder, `${name}.bin`);
    await run(process.execPath, ['--import', 'tsx', keep, join(dist, 'risk.cjs'), file, ...words], {
      cwd: root,
    });
  }
}

/** dist/lib: src/index.ts and what it needs, as JavaScript with declarations. */
async function emitLibrary(): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')]);
  // The compiler tells its errors on stdout.
  await run.catch((error: { stdout?: string }) => {
    throw new Error(`The library does not compile.\n${error.stdout ?? String(error)}`);
  });
}

await rm(dist, { recursive: true, force: true });
const parts = await Promise.allSettled([
  Promise.all([bundleCommands(), bundlePackages(), bundleLauncher(), writeCompiled(join(dist, 'compiled'))])
    .then(writeCode)
    .then(writeSchemas),
  emitLibrary(),
]);
for (const part of parts) {
  if (part.status === 'fulfilled') continue;
  process.stderr.write(`${part.reason instanceof Error ? part.reason.message : String(part.reason)}\n`);
  process.exitCode = 1;
}

/** Builds the package: the command line as one bundle in pieces, the library with its types file by file. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { writeCompiled } from './build/compiled.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

// Bundled CommonJS packages call require for modules of Node, which an ES module does not have by itself.
const requireShim =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

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

/** dist/cli.js and its pieces: a command is a piece of its own, read only when it is asked for. */
async function bundleCommands(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts'],
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // ES modules before CommonJS: a bundled CommonJS package has no named imports.
    mainFields: ['module', 'main'],
    // Less text starts faster; names stay, so that the trace of a bug can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: requireShim },
    plugins: [withoutChildProcess, withoutLocales],
    logLevel: 'silent',
  });
  const cli = join(dist, 'cli.js');
  await writeFile(cli, `#!/usr/bin/env node\n${await readFile(cli, 'utf8')}`);
  await chmod(cli, 0o755);
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
  bundleCommands().then(writeSchemas),
  writeCompiled(join(dist, 'compiled')),
  emitLibrary(),
]);
for (const part of parts) {
  if (part.status === 'fulfilled') continue;
  process.stderr.write(`${part.reason instanceof Error ? part.reason.message : String(part.reason)}\n`);
  process.exitCode = 1;
}

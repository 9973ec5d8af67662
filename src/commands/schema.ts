/** `risk schema [NAME]`: the JSON Schema of risk.yaml, of a portfolio, order or scenario file, or of the report of a command. */
import { Command } from 'commander';
import { z } from 'zod';
import { fileJsonSchema } from '../io/config-schema.ts';
import { orderFile } from '../io/order-schema.ts';
import { portfolioFile } from '../io/portfolio-schema.ts';
import { scenarioFile } from '../io/scenario-schema.ts';
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Shell } from './command.ts';
import { configTree } from './config-tree.ts';
import { reportSchemas } from './report-schemas.ts';

export function command(shell: Shell): Command {
  return new Command('schema')
    .description(
      'Prints the JSON Schema of risk.yaml, of a portfolio, order or scenario file, or of the JSON report of a command',
    )
    .argument(
      '[command...]',
      'portfolio, order, scenario, or the command whose report is meant, such as backtest-stops or data inspect',
    )
    .addHelpText('after', '\nExample:\n  $ risk schema backtest-stops')
    .action((words: readonly string[]) => {
      const schema = words.length === 0 ? fileJsonSchema(configTree) : schemaOf(words.join(' '));
      shell.out(`${JSON.stringify(schema, null, 2)}\n`);
      shell.finish(0);
    });
}

/** Files that are written by hand. */
const files: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['portfolio', portfolioFile],
  ['order', orderFile],
  ['scenario', scenarioFile],
]);

function schemaOf(name: string): object {
  const file = files.get(name);
  if (file !== undefined) return z.toJSONSchema(file, { io: 'input' });
  const found = reportSchemas.get(name);
  if (found !== undefined) return z.toJSONSchema(found);
  const names = [...files.keys(), ...reportSchemas.keys()];
  const near = nearestName(name, names);
  throw new InputError({
    code: 'USAGE',
    message: `a schema must be of a command with a report, was "${name}"`,
    remedy: near === null ? `Such names are ${names.join(', ')}` : `Did you mean "${near}"?`,
  });
}

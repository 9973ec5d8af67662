/** The text of a portfolio file, held against its schema: content, and where in the file each part of it stands. */
import { InputError, type Place } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { pathOf } from '../model/path.ts';
import { branchOf, ruleOf, valueText } from './config-message.ts';
import { readYaml, type YamlValue } from './config-yaml.ts';
import type { Refuse } from './portfolio-checks.ts';
import { amountKeys, type PortfolioFile, portfolioFile, portfolioKeys } from './portfolio-schema.ts';

export type PortfolioText = {
  readonly content: PortfolioFile;
  /** Ends the reading with PORTFOLIO at the line of a path. */
  readonly refuse: Refuse;
};

/**
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE
 */
export function portfolioText(text: string, file: string): PortfolioText {
  const yaml = readYaml(text);
  if ('problem' in yaml) {
    const place = { file, line: yaml.line };
    throw new InputError({ code: 'CONFIG_FILE', message: yaml.problem, place });
  }
  const placeOf = (path: string) => placeIn(yaml, file, path);
  const refuse: Refuse = (path, message, remedy) => {
    throw new InputError({ code: 'PORTFOLIO', message, place: placeOf(path), remedy });
  };
  return { content: checked(asWritten(yaml.value, [], yaml), placeOf), refuse };
}

/** The value with its amounts as texts, every digit kept: a double has only sixteen or so. */
function asWritten(value: unknown, at: readonly PropertyKey[], yaml: YamlValue): unknown {
  if (Array.isArray(value)) return value.map((one, i) => asWritten(one, [...at, i], yaml));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, asWritten(one, [...at, key], yaml)]),
    );
  const isAmount = typeof value === 'number' && amountKeys.has(String(at.at(-1)));
  return isAmount ? (yaml.numberText(pathOf(at)) ?? value) : value;
}

/** The line of a path; of what it should stand in where it is missing. */
function placeIn(yaml: YamlValue, file: string, path: string): Place {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.'), at.lastIndexOf('[')))) {
    const line = yaml.lineOf(at);
    if (line !== null) return { file, line };
  }
  return path === '' ? { file, line: 1 } : { file, path };
}

function checked(value: unknown, placeOf: (path: string) => Place): PortfolioFile {
  const parsed = portfolioFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  if (first === undefined) throw new RangeError('a schema that refuses must say why');
  const inner = branchOf(first);
  const issue = { ...inner, path: inner === first ? first.path : [...first.path, ...inner.path] };
  const path = pathOf(issue.path);
  const name = path === '' ? 'a portfolio' : path;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = portfolioKeys(issue.path);
    const near = nearestName(key, known);
    throw new InputError({
      code: 'CONFIG_KEY',
      message: `${name} must have known keys only, was "${key}"`,
      place: placeOf(path === '' ? key : `${path}.${key}`),
      remedy: near === null ? `Known keys here: ${known.join(', ')}` : `Did you mean "${near}"?`,
    });
  }
  const was = issue.path.reduce<unknown>((outer, key) => Object(outer)[key], value);
  const near =
    issue.code === 'invalid_value' && typeof was === 'string'
      ? nearestName(was, issue.values.map(String))
      : null;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `${name} must ${ruleOf(issue)}, was ${valueText(was)}`,
    place: placeOf(path),
    remedy:
      near === null
        ? 'See "risk schema portfolio" for all keys and their meaning'
        : `Did you mean "${near}"?`,
  });
}

/** A portfolio file, YAML or JSON, as a book; what cannot be is refused with its line. */
import { basename } from 'node:path';
import { canonicalSymbol } from '../market/symbol.ts';
import type { Book, BookAccount, BookPosition } from '../model/book.ts';
import { InputError, type Place } from '../model/errors.ts';
import { money, moneyText } from '../model/money.ts';
import { nearestName } from '../model/nearest-name.ts';
import { pathOf } from '../model/path.ts';
import type { ReportInput } from '../model/report.ts';
import { branchOf, ruleOf, valueText } from './config-message.ts';
import { readYaml, type YamlValue } from './config-yaml.ts';
import { hashFile } from './hash-file.ts';
import { openSources } from './open.ts';
import { checkBook, type Refuse } from './portfolio-checks.ts';
import { type PortfolioFile, portfolioFile } from './portfolio-schema.ts';
import { stampOf } from './readers/stamp.ts';
import { isSample } from './sample.ts';
import { wholeOf } from './source.ts';

export type PortfolioRead = { readonly book: Book; readonly input: ReportInput };

/**
 * Reads a portfolio file.
 *
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, PORTFOLIO, USAGE
 */
export async function readPortfolioFile(name: string, cwd: string): Promise<PortfolioRead> {
  const [source, ...others] = await openSources([name], cwd);
  if (source === undefined || others.length > 0) {
    throw new InputError({
      code: 'USAGE',
      message: `a portfolio must be one file, was ${others.length + 1} in "${name}"`,
      remedy: 'Name the file itself',
    });
  }
  const text = new TextDecoder('utf-8').decode(await wholeOf(source));
  const book = bookOf(text, source.path);
  const sample = isSample(source.file);
  const input: ReportInput = {
    path: `${sample ? 'sample:' : ''}${basename(source.path)}`,
    role: 'portfolio',
    format: 'portfolio',
    why: 'named as the portfolio',
    sha256: await hashFile(source.file),
    rows: book.positions.length,
    rejected: 0,
    from: null,
    to: null,
    symbols: [...new Set(book.positions.map(({ symbol }) => symbol))].sort(),
  };
  return { book, input };
}

/** The book that a text states. */
export function bookOf(text: string, file: string): Book {
  const yaml = readYaml(text);
  if ('problem' in yaml) {
    throw new InputError({
      code: 'CONFIG_FILE',
      message: yaml.problem,
      place: { file, line: yaml.line },
    });
  }
  const content = checked(yaml, file);
  const refuse = (path: string, message: string, remedy: string): never => {
    throw new InputError({ code: 'PORTFOLIO', message, place: placeOf(yaml, file, path), remedy });
  };
  const accounts = accountsOf(content, refuse);
  const positions = content.positions.map((one, i) => positionOf(one, i, { accounts, refuse }));
  const known = (account: string | undefined, path: string) => accountId(account, accounts, path, refuse);
  const orders = content.orders.map((one, i) => ({
    account: known(one.account, `orders[${i}]`),
    symbol: canonicalSymbol(one.symbol),
    kind: one.kind,
    qty: one.qty === undefined ? null : moneyText(money(one.qty)),
    price: moneyText(money(one.price)),
    trigger: one.trigger,
    reduceOnly: one.reduceOnly,
    leverage: one.leverage,
    contract: one.contract,
  }));
  const book: Book = {
    accounts,
    positions,
    orders,
    dailyLossLimits: limitsOf(content),
  };
  checkBook(book, refuse);
  return book;
}

function placeOf(yaml: YamlValue, file: string, path: string): Place {
  const line = yaml.lineOf(path);
  return line === null ? { file, path } : { file, line };
}

function checked(yaml: YamlValue, file: string): PortfolioFile {
  const parsed = portfolioFile.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  if (first === undefined) throw new RangeError('a schema that refuses must say why');
  const inner = branchOf(first);
  const issue = { ...inner, path: inner === first ? first.path : [...first.path, ...inner.path] };
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const near = nearestName(key, knownKeys);
    throw new InputError({
      code: 'CONFIG_KEY',
      message: `a portfolio must have known keys only, was "${key}"`,
      place: placeOf(yaml, file, path === '' ? key : `${path}.${key}`),
      remedy: near === null ? `Known keys: ${knownKeys.join(', ')}` : `Did you mean "${near}"?`,
    });
  }
  const was = issue.path.reduce<unknown>((value, key) => Object(value)[key], yaml.value);
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `${path === '' ? 'a portfolio' : path} must ${ruleOf(issue)}, was ${valueText(was)}`,
    place: placeOf(yaml, file, path),
    remedy: 'See "risk schema portfolio" for all keys and their meaning',
  });
}

const knownKeys = [
  ...Object.keys(portfolioFile.shape),
  ...'id venue currency marginMode positionMode balance collateral dailyLossLimit asset haircut price'.split(
    ' ',
  ),
  ...'symbol account type contract qty entry mark leverage addedMargin stop sector openedAt kind trigger'.split(
    ' ',
  ),
];

function accountsOf(content: PortfolioFile, refuse: Refuse): BookAccount[] {
  const { account, accounts } = content;
  if ((account === undefined) === (accounts === undefined)) {
    refuse(
      'account',
      'a portfolio must state one account or accounts, was both or none',
      'Keep one of the two',
    );
  }
  const all = accounts ?? [{ id: 'main', ...(account ?? never()) }];
  const ids = new Set<string>();
  return all.map((one, i) => {
    const path = accounts === undefined ? 'account' : `accounts[${i}]`;
    if (ids.has(one.id))
      refuse(`${path}.id`, `an account must have an id of its own, was ${one.id} twice`, 'Rename one');
    ids.add(one.id);
    if (one.balance !== undefined && one.collateral.some(({ asset }) => asset === one.currency)) {
      const message = `the balance must be stated once, was balance and collateral in ${one.currency}`;
      refuse(`${path}.balance`, message, 'Leave one of them out');
    }
    const own =
      one.balance === undefined
        ? []
        : [{ asset: one.currency, qty: one.balance, haircut: 0, price: undefined }];
    const collateral = [...own, ...one.collateral].map(({ asset, qty, haircut, price }) => ({
      asset,
      qty: moneyText(money(qty)),
      haircut,
      price: price === undefined ? null : moneyText(money(price)),
    }));
    if (collateral.length === 0)
      refuse(path, 'an account must hold something, was neither balance nor collateral', 'Give it a balance');
    const { id, venue, currency, marginMode, positionMode } = one;
    return { id, venue, currency, marginMode, positionMode, collateral };
  });
}

function never(): never {
  throw new RangeError('an account must be stated');
}

function accountId(
  name: string | undefined,
  accounts: readonly BookAccount[],
  path: string,
  refuse: Refuse,
): string {
  const [first, ...others] = accounts;
  if (name === undefined && first !== undefined && others.length === 0) return first.id;
  const found = accounts.find(({ id }) => id === name);
  if (found !== undefined) return found.id;
  const ids = accounts.map(({ id }) => id);
  const near = name === undefined ? null : nearestName(name, ids);
  return refuse(
    name === undefined ? path : `${path}.account`,
    `the account must be one of ${ids.join(', ')}, was ${name === undefined ? 'nothing' : `"${name}"`}`,
    near === null ? 'Name the account that holds it' : `Did you mean "${near}"?`,
  );
}

function positionOf(
  one: PortfolioFile['positions'][number],
  index: number,
  { accounts, refuse }: { readonly accounts: readonly BookAccount[]; readonly refuse: Refuse },
): BookPosition {
  const path = `positions[${index}]`;
  const id = accountId(one.account, accounts, path, refuse);
  const account = accounts.find((own) => own.id === id);
  const text = (value: string | number) => moneyText(money(value));
  const openedAt = one.openedAt === undefined ? null : stampOf(one.openedAt);
  if (openedAt !== null && Number.isNaN(openedAt))
    refuse(
      `${path}.openedAt`,
      `a date must be one of the calendar, was ${one.openedAt}`,
      'Write 2022-05-04T00:00:00Z',
    );
  if (money(one.qty).isZero())
    refuse(`${path}.qty`, 'a position must have a quantity, was 0', 'Leave it out');
  for (const key of ['entry', 'mark', 'stop'] as const) {
    const value = one[key];
    if (value !== undefined && !money(value).isPositive())
      refuse(`${path}.${key}`, `${key} must be above 0, was ${value}`, 'Give a price');
    if (value !== undefined && money(value).isZero())
      refuse(`${path}.${key}`, `${key} must be above 0, was 0`, 'Give a price');
  }
  if (one.type === 'spot' && (money(one.qty).isNegative() || one.contract === 'inverse'))
    refuse(
      `${path}.type`,
      'a spot position must be long and linear',
      'Make it a perp, or its quantity positive',
    );
  if (money(one.addedMargin).isNegative())
    refuse(`${path}.addedMargin`, `added margin must be at least 0, was ${one.addedMargin}`, 'Leave it out');
  return {
    account: id,
    symbol: canonicalSymbol(one.symbol),
    type: one.type,
    contract: one.contract,
    qty: text(one.qty),
    entry: text(one.entry),
    mark: one.mark === undefined ? null : text(one.mark),
    leverage: one.leverage,
    marginMode: one.marginMode ?? account?.marginMode ?? 'cross',
    addedMargin: text(one.addedMargin),
    stop: one.stop === undefined ? null : text(one.stop),
    sector: one.sector ?? null,
    openedAt,
    haircut: one.haircut,
  };
}

function limitsOf({ account, accounts }: PortfolioFile): Book['dailyLossLimits'] {
  const all = accounts ?? (account === undefined ? [] : [{ id: 'main', ...account }]);
  return all.flatMap(({ id, dailyLossLimit }) =>
    dailyLossLimit === undefined ? [] : [{ account: id, fraction: dailyLossLimit }],
  );
}

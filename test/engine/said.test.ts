import { describe, expect, test } from 'vitest';
import { type Finding, guardNames } from '../../src/engine/decision.ts';
import type { OrderIntent } from '../../src/engine/event.ts';
import { combine, createSaid, type Gate, judge, nothing } from '../../src/engine/said.ts';
import { engineScene } from '../support/engine-scene.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';
import { sayOf } from '../support/voice.ts';

const finding: Finding = { rule: 'r', severity: 'critical', measure: 'm', observed: 2, threshold: 1 };

function heldPosition() {
  const book = bookOf([positionOf({ qty: '2', entry: '100', leverage: 2 })]);
  const [position] = engineScene({ book, marks: [100], guards: [] }).viewNow().positions;
  if (position === undefined) throw new Error('the book must hold a position');
  return position;
}

describe('what guards say about an event', () => {
  test('begins with nothing of anything', () => {
    expect(createSaid(7)).toEqual({
      time: 7,
      decisions: [],
      asked: [],
      limits: [],
      uses: [],
      halts: [],
      resumes: [],
      rules: [],
      fired: [],
    });
  });

  test('is one frozen empty list where nobody speaks', () => {
    expect(combine(createSaid(7))).toBe(nothing);
    expect(nothing).toEqual([]);
    expect(Object.isFrozen(nothing)).toBe(true);
  });

  test('is a decision with its time, guard and finding; an alert without a subject is about the whole book', () => {
    const said = createSaid(7);
    sayOf(said, 'flags').alert(finding);
    const about = { account: null, symbol: null };
    const base = { time: 7, guard: 'flags', ...finding, stands: true, reasons: [], uses: [] };
    expect(combine(said)).toEqual([{ ...base, kind: 'alert', about, effect: null }]);
    const told = createSaid(7);
    sayOf(told, 'flags').alert({ ...finding, about: { account: 1, symbol: 3 } });
    expect(combine(told)[0]?.about).toEqual({ account: 1, symbol: 3 });
  });

  test('is about the position that it acts on, whatever its finding says', () => {
    const said = createSaid(7);
    const position = heldPosition();
    const say = sayOf(said, 'margin-ladder');
    say.reduce(position, 0.5, { ...finding, about: { account: null, symbol: 9 } });
    say.setStop(position, 90, finding);
    const place = { account: 0, symbol: 0 };
    expect(combine(said).map(({ about }) => about)).toEqual([place, place]);
  });

  test('never asks for more than is held, nor for less than nothing of an order', () => {
    const said = createSaid(7);
    sayOf(said, 'margin-ladder').reduce(heldPosition(), 5, finding);
    expect(combine(said)[0]?.effect).toMatchObject({ kind: 'reduce', qty: 2 });
    sayOf(said, 'trade-limits').resize(-3, finding);
    expect(said.limits).toEqual([{ guard: 'trade-limits', qty: 0, finding }]);
  });

  test('stands where it halts or resumes, also beside an effect that yields', () => {
    const said = createSaid(7);
    const position = heldPosition();
    sayOf(said, 'emergency-stop').close(position, finding);
    sayOf(said, 'circuit-breakers').halt(finding, 9, false);
    sayOf(said, 'circuit-breakers').resume(finding);
    sayOf(said, 'margin-ladder').reduce(position, 1, finding);
    expect(combine(said).map(({ kind, stands }) => [kind, stands])).toEqual([
      ['close', true],
      ['halt', true],
      ['resume', true],
      ['reduce', false],
    ]);
  });

  test('keeps the use of a limit, and what it was before the order where that is told', () => {
    const said = createSaid(7);
    const say = sayOf(said, 'trade-limits');
    say.use('risk', 0.4);
    say.use('position', 0.9, 0.3);
    expect(said.uses).toStrictEqual([
      { guard: 'trade-limits', limit: 'risk', use: 0.4 },
      { guard: 'trade-limits', limit: 'position', use: 0.9, before: 0.3 },
    ]);
  });
});

describe('an order', () => {
  const order: OrderIntent = {
    id: 4,
    account: 1,
    symbol: 2,
    contract: 'linear',
    side: -1,
    qty: 3,
    price: 100,
    leverage: 2,
    marginMode: 'isolated',
    stop: null,
    reduceOnly: false,
    strategy: null,
    sector: null,
    model: null,
    halfSpread: 0,
    impact: 0,
  };
  const rank: Gate['rank'] = (guard) => guardNames.indexOf(guard);
  const gate: Gate = { order, lowers: 0, halted: [], rank };

  test('that nobody limits is allowed by the engine itself, with the use of each limit', () => {
    const said = createSaid(7);
    sayOf(said, 'trade-limits').use('risk', 0.4);
    expect(judge(said, gate)).toEqual({
      time: 7,
      guard: 'engine',
      kind: 'allow',
      rule: 'within-limits',
      severity: 'info',
      measure: 'qty',
      observed: 3,
      threshold: null,
      about: { account: 1, symbol: 2 },
      effect: { kind: 'order', id: 4, account: 1, symbol: 2, side: -1, qty: 3 },
      stands: true,
      reasons: [],
      uses: [{ guard: 'trade-limits', limit: 'risk', use: 0.4 }],
    });
  });

  test('that a limit would let pass whole is allowed by the engine, its reason beside it', () => {
    const said = createSaid(7);
    sayOf(said, 'trade-limits').resize(3, finding);
    const decision = judge(said, gate);
    expect(decision).toMatchObject({ kind: 'allow', guard: 'engine', rule: 'within-limits' });
    expect(decision.reasons).toEqual([{ ...finding, guard: 'trade-limits' }]);
  });
});

/**
 * An invented scenario that uses every key that a scenario file may have, each kind of action and fault among them.
 *
 * A new key belongs in here: a test holds that none is missing, and others make each of its values wrong in turn.
 */
export const fullScenario = `id: full
title: Every key, once at least
kind: hypothetical
origin: synthetic
story: >-
  Nothing of this happened. Prices fall for two days,
  and everything else that a file can say happens too.
sources:
  - { text: "Invented for tests", date: 2022-05-13 }
claims:
  - { says: "a fifth in a day", by: "No document", data: "104 to 80: -23.1 %" }
start: 2022-05-08T00:00:00Z
end: 2022-05-10
interval: 1h
prices: absolute
assets:
  BTC:
    exact: true
    bars:
      - interval: 1d
        rows:
          - [2022-05-06, 100, 110, 90, 105]
          - [2022-05-07, 105, 112, 100, 104]
    points:
      - [2022-05-08, 104]
      - [2022-05-09T04:00:00Z, 95]
      - [2022-05-09T04:00:00Z, 80]
      - [2022-05-10T00:00:00Z, 85]
    bridge: 0.03
  LUNA:
    points: [[2022-05-07T12:00:00Z, 60], [2022-05-10, 0.5]]
  ETH: { proxy: BTC }
  SOL: { beta: 1.4, of: ETH }
correlation:
  value: 0.9
  of: BTC
  sigmas: { BTC: 0.035, DEFAULT: 0.06 }
cascade:
  asset: LUNA
  at: 2022-05-09T12:00:00Z
  shock: 0.06
  k: 1.0e-8
  every: 1m
  levels: [[0.95, 2000000], [0.93, 3000000]]
gap:
  BTC: [[2022-05-09, 0], [2022-05-09T04:00:00Z, -0.04]]
  DEFAULT: [[2022-05-09, 0.01]]
funding:
  - { asset: DEFAULT, every: 8h, rates: [[2022-05-08, 0.0001], [2022-05-09, -0.00025]] }
  - { asset: BTC, every: 1h, rates: [[2022-05-08, 0.0002]] }
spread: [[2022-05-08, 3], [2022-05-09, 10]]
depth: [[2022-05-08, 0.5]]
liquidity: { BTC: 20000000, DEFAULT: 1000000 }
collateral:
  USDC: [[2022-05-08T21:00:00Z, 1], [2022-05-09, 0.87]]
venue:
  - { kind: outage, venue: bitmex, from: 2022-05-09T02:16:00Z, to: 2022-05-09T02:40:00Z }
  - { kind: halt, venue: any, from: 2022-05-09, to: 2022-05-09T01:00Z }
  - { kind: withdrawals, venue: ftx, from: 2022-05-09, to: 2022-05-10 }
  - { kind: leverage-cap, venue: binance, asset: LUNA, at: 2022-05-09, cap: 8 }
  - { kind: settle, venue: hyperliquid, asset: LUNA, at: 2022-05-09, price: 0.0095 }
  - { kind: adl, venue: any, asset: BTC, side: short, share: 0.5, at: 2022-05-09 }
  - { kind: bankruptcy, venue: largest, at: 2022-05-10, recovery: 0 }
  - { kind: haircut, asset: USDE, at: 2022-05-09, haircut: 0.5 }
faults:
  - { kind: crash, from: 2022-05-09, to: 2022-05-09T12:00:00Z }
  - { kind: blind, from: 2022-05-09, to: 2022-05-09T00:10:00.500Z }
  - { kind: corrupt, asset: BTC, from: 2022-05-09, to: 2022-05-10, factor: 0.5 }
  - { kind: orders, from: 2022-05-09, to: 2022-05-09T00:45:00Z, every: 6s, asset: largest, side: buy, notional: 0.05,
      leverage: 5, strategy: mean-reversion, confidence: 0.97 }
shocks: { BTC: -0.265, DEFAULT: -0.4 }
notModelled: ["That nothing of it happened."]
`;

/** The least that a scenario may say. */
export const smallScenario = `id: small
title: BTC falls by a fifth
kind: control
origin: synthetic
story: It falls.
sources: [{ text: Invented for tests, date: 2022-05-13 }]
start: 2022-05-08
end: 2022-05-09
interval: 1h
assets:
  BTC: { points: [[2022-05-08, 100], [2022-05-09, 80]] }
  DEFAULT: { proxy: BTC }
liquidity: { DEFAULT: 1000000 }
shocks: { DEFAULT: -0.2 }
`;

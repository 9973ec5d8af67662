import { describe, expect, it } from 'vitest';
import { canonicalSymbol, matchSymbol, symbolFromFileName } from '../../src/market/symbol.ts';

describe('canonicalSymbol', () => {
  it.each([
    ['SOL/USDT', 'SOLUSDT'],
    ['SOL_USDT', 'SOLUSDT'],
    ['sol-usdt', 'SOLUSDT'],
    [' SOLUSDT ', 'SOLUSDT'],
    ['BTC/USDT:USDT', 'BTCUSDT'],
    ['BTC/USD:BTC', 'BTCUSD'],
    ['BTCUSDT:USDT', 'BTCUSDT'],
    ['BTCUSDT Perpetual', 'BTCUSDT'],
    ['BTCUSDT_PERP', 'BTCUSDT'],
    ['BTCUSD_PERP', 'BTCUSD'],
    ['BTC-USDT-SWAP', 'BTCUSDT'],
    ['BINANCE:BTCUSDT', 'BTCUSDT'],
    ['ETH-USD', 'ETHUSD'],
    ['kPEPE', 'KPEPE'],
    ['@107', '@107'],
  ])('writes %s as %s', (text, symbol) => {
    expect(canonicalSymbol(text)).toBe(symbol);
  });

  it('keeps the perpetual suffix of a bare coin, which has no quote to name it', () => {
    expect(canonicalSymbol('FTT-PERP')).toBe('FTTPERP');
    expect(canonicalSymbol('WBTC-PERP')).toBe('WBTCPERP');
    expect(canonicalSymbol('BTC-PERPETUAL')).toBe('BTCPERP');
  });

  it('keeps the expiry of a dated future apart from the perpetual', () => {
    expect(canonicalSymbol('BTC/USDT:USDT-240628')).toBe('BTCUSDT240628');
    expect(canonicalSymbol('BTCUSDT_240628')).toBe('BTCUSDT240628');
  });

  it('is its own fixed point', () => {
    for (const text of [
      'BTC/USDT:USDT',
      'FTT-PERP',
      'BTCUSDT Perpetual',
      'BTC/USDT:USDT-240628',
      'eth_btc',
    ]) {
      expect(canonicalSymbol(canonicalSymbol(text))).toBe(canonicalSymbol(text));
    }
  });
});

describe('symbolFromFileName', () => {
  it.each([
    ['2022-05_binance_spot_LUNAUSDT_1h.csv', 'LUNAUSDT'],
    ['2022-05_binance_spot_LUNAUSDT_30m_incl_symbol_reuse.csv', 'LUNAUSDT'],
    ['2020-03_bitmex_XBTUSD_1m.csv', 'XBTUSD'],
    ['ADA_USDT-1h.json', 'ADAUSDT'],
    ['1INCH_USDT-1h.json', '1INCHUSDT'],
    ['BTCUSDT-1h-2024-01.csv', 'BTCUSDT'],
    ['1000PEPEUSDT-1h-2024-01.zip', '1000PEPEUSDT'],
    ['btcusdt_1h.csv', 'BTCUSDT'],
    ['btc_usdt-1h.csv', 'BTCUSDT'],
    ['binance_usdm_BTCUSDT_PERP_trades_2024-08-08.csv', 'BTCUSDT'],
    ['BTCUSD_PERP-trades.csv', 'BTCUSD'],
    ['ftx_FTT-PERP.csv', 'FTTPERP'],
    ['XRP_ETH-1m.feather', 'XRPETH'],
    ['UNITTEST_BTC-1m.json', 'UNITTESTBTC'],
    ['yahoo_FTT-USD_1d.csv', 'FTTUSD'],
    ['cryptodatadownload_Kraken_SOLUSD_1h.csv', 'SOLUSD'],
    ['cryptodatadownload_url-line_BTCUSDT_futures_1h.csv', 'BTCUSDT'],
    ['kraken_trades_csv_BCHEUR.csv', 'BCHEUR'],
    ['BTC_USDT_USDT-8h-funding_rate.json', 'BTCUSDT'],
    ['BTC_USD_BTC-1h-futures.json', 'BTCUSD'],
    ['ETHBTC.csv', 'ETHBTC'],
    ['/data/spot/LUNAUSDT.csv', 'LUNAUSDT'],
  ])('reads %s as %s', (name, symbol) => {
    expect(symbolFromFileName(name)).toBe(symbol);
  });

  it.each([
    'synthetic_posing_as_btc_funding.csv',
    'raw_binance_export_utc+8_percent.csv',
    'candles.csv',
    'binance_BTC_1h.csv',
    'data-btc.csv',
    'spot_USDT.csv',
    '1h_USD.csv',
    '2024-01.csv',
    'entry_prices.csv',
    'BTC.csv',
    '',
  ])('cannot tell from %j', (name) => {
    expect(symbolFromFileName(name)).toBeNull();
  });

  it('does not choose between two markets in one name', () => {
    expect(symbolFromFileName('BTCUSDT-ETHUSDT-spread.csv')).toBeNull();
    expect(symbolFromFileName('BTC_USDT_ETH_USDT.csv')).toBeNull();
  });

  it('accepts a name that repeats its market', () => {
    expect(symbolFromFileName('BTCUSDT/BTCUSDT-1h-BTCUSDT.csv')).toBe('BTCUSDT');
  });
});

describe('matchSymbol', () => {
  it('finds a series by its canonical name, whatever way either side writes it', () => {
    expect(matchSymbol('SOL/USDT', ['BTCUSDT', 'SOL_USDT'])).toBe('SOL_USDT');
    expect(matchSymbol('BTC/USDT:USDT', ['BTCUSDT', 'BTCUSDC'])).toBe('BTCUSDT');
  });

  it('gives a bare coin the one series of that coin against a dollar', () => {
    expect(matchSymbol('BTC', ['BTCUSDT', 'ETHUSDT', 'BTCDOMUSDT'])).toBe('BTCUSDT');
    expect(matchSymbol('FTT', ['FTT-PERP', 'BTC-PERP'])).toBe('FTT-PERP');
    expect(matchSymbol('SOL', ['SOL-USD'])).toBe('SOL-USD');
  });

  it('does not choose between two series of a coin', () => {
    expect(matchSymbol('BTC', ['BTCUSDT', 'BTCUSD'])).toBeNull();
  });

  it('prefers the exact name over the series of a coin', () => {
    expect(matchSymbol('BTC', ['BTCUSDT', 'BTC'])).toBe('BTC');
  });

  it('never takes another quote for a full pair', () => {
    expect(matchSymbol('BTCUSDT', ['BTCUSD', 'BTCUSDC'])).toBeNull();
    expect(matchSymbol('ETH', ['ETHBTC'])).toBeNull();
    expect(matchSymbol('', ['USDT'])).toBeNull();
  });

  it('settles two spellings of one market by the literal text only', () => {
    expect(matchSymbol('BTC-USDT', ['BTCUSDT', 'BTC-USDT'])).toBe('BTC-USDT');
    expect(matchSymbol('BTC/USDT', ['BTCUSDT', 'BTC-USDT'])).toBeNull();
  });
});

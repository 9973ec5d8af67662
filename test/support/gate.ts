import type { Finding, FindingCode } from '../../src/market/finding.ts';
import { type BarsGateOptions, type GatedBars, gateBars } from '../../src/market/gate.ts';
import type { RawBars } from '../../src/market/raw.ts';

/** The data gate with the defaults of the configuration, on a file whose name says nothing. */
export function gate(raw: RawBars, options: Partial<BarsGateOptions> = {}): GatedBars {
  const defaults = {
    file: 'bars.csv',
    symbol: 'TESTUSDT',
    onBadRow: 'error',
    stamps: 'auto',
    maxGap: 3,
  } as const;
  return gateBars(raw, { ...defaults, ...options });
}

export function codesOf(gated: { readonly findings: readonly Finding[] }): FindingCode[] {
  return gated.findings.map(({ code }) => code);
}

export function findingOf(
  gated: { readonly findings: readonly Finding[] },
  code: FindingCode,
): Finding | null {
  return gated.findings.find((finding) => finding.code === code) ?? null;
}

/** What a reader would hand over if the bars were written to a file and read again. */
export function writtenAgain({ bars }: GatedBars): RawBars {
  return {
    ...bars,
    symbol: null,
    length: bars.time.length,
    line: (row) => row + 2,
    faults: [],
    findings: [],
    stampIsEnd: null,
  };
}

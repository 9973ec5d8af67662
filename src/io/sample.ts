/** The bundled sample: which of its files play which role. */
import { sep } from 'node:path';
import type { Role } from '../model/study.ts';
import { bundledPath } from './bundled.ts';

const FOLDER = 'data/sample';
const files: Readonly<Record<Role, readonly string[]>> = {
  ohlcv: ['*-1h.csv'],
  journal: ['journal.csv'],
  funding: ['*-funding.csv'],
  ticks: [],
  mark: [],
  portfolio: ['portfolio.yaml'],
  order: ['order.yaml'],
  scenarios: [],
  market: [],
};

/** Names of the sample's files of a role, as `openSources` takes them. */
export function sampleFiles(role: Role): readonly string[] {
  return files[role].map((name) => `${bundledPath(FOLDER)}/${name}`);
}

/** Whether a file on disk belongs to the sample, whoever named it. */
export function isSample(file: string): boolean {
  return file.startsWith(bundledPath(FOLDER) + sep);
}

/** The text of a scenario file, held against its schema. */
import { type ScenarioFile, scenarioFile, scenarioKeys } from './scenario-schema.ts';
import { type StatedText, statedText } from './stated-text.ts';

/** Doubles are all that a price of a scenario needs. */
const amounts: ReadonlySet<string> = new Set();

/**
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE
 */
export function scenarioText(text: string, file: string): StatedText<ScenarioFile> {
  const kind = {
    name: 'scenario',
    schema: scenarioFile,
    code: 'SCENARIO',
    amounts,
    keysAt: scenarioKeys,
  } as const;
  return statedText(kind, text, file);
}

/** The configuration of the leverage cap: `guards.leverage-cap`. */
import { z } from 'zod';

const cap = z.number().min(1).max(200);

export const leverageCapConfig = z.strictObject({
  conservative: cap.describe(
    'Largest leverage of an order in mode conservative, inclusive; may only be lowered',
  ),
  moderate: cap.describe('The same in mode moderate'),
  aggressive: cap.describe('The same in mode aggressive'),
  speculative: cap.describe('The same in mode speculative'),
  unlisted: cap.describe('The same in a mode that has no tier of its own'),
});

export type LeverageCapConfig = z.output<typeof leverageCapConfig>;

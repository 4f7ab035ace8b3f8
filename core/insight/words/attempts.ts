import { defaultNote, type Sourced } from '../../model/source.ts';
import { plural } from '../../text/words.ts';

/** What `attempts` counts: `3 (default): the first try and 2 retries`. */
export function attemptsText(attempts: Sourced<number>): string {
  if (!Number.isFinite(attempts.value)) return `without limit${defaultNote(attempts)}`;
  const count = `${attempts.value}${defaultNote(attempts)}`;
  if (attempts.value === 1) return `${count}: the first try, and no retry`;
  return `${count}: the first try and ${plural(attempts.value - 1, 'retry', 'retries')}`;
}

import type { SuppressedFinding } from '../../core/index.ts';

/** Why a finding is not reported, for reports that list it all the same. */
export function suppressionReason({ by }: SuppressedFinding): string {
  if (by.kind === 'baseline') return 'It is in the baseline.';
  return by.reason === '' ? 'A comment silences it without a reason.' : by.reason;
}

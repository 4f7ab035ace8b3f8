import { defaultNote } from '../../model/source.ts';
import { countText } from '../../text/words.ts';
import { formatPercent, formatRate, formatRoughly } from '../../time/index.ts';
import type { RateLimiterInsight } from '../rate-limiter.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

export function rateLimiterWords(insight: RateLimiterInsight): Words {
  const { burst, maxWaitMs, name, ratePerSecond, use } = insight;
  const atOnce = `${countText(burst.value)}${defaultNote(burst)} at once after a quiet time`;
  const rows: Row[] = [
    { label: 'Allows', value: `${formatRate(ratePerSecond.value)}, ${atOnce}` },
    { label: 'Beyond', value: beyondText(maxWaitMs.value, defaultNote(maxWaitMs)) },
  ];
  if (use) {
    const share = use.perSecond / ratePerSecond.value;
    const part = share > 1 ? 'more than it allows' : `${formatPercent(share)} of what it allows`;
    rows.push(
      { label: 'Load', value: `${formatRate(use.perSecond)}, ${part}` },
      { label: 'Rejected', value: `${formatPercent(use.rejected)} of the calls` },
    );
  }
  const least = insight.wants.length > 0 ? ' At least: what is not written counts as nothing.' : '';
  const notes = use
    ? [`In one process, while nothing fails, if calls come independently.${least}`]
    : [];
  return { title: `Rate limiter '${name}'`, rows, notes: [...notes, ...wantTexts(insight)] };
}

function beyondText(waitMs: number, note: string): string {
  if (waitMs === 0) return `rejected at once${note}`;
  return `waits up to ${formatRoughly(waitMs)}${note}, else rejected`;
}

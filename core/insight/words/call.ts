import { listed, numberText, plural } from '../../text/words.ts';
import { formatPercent, formatRoughly } from '../../time/index.ts';
import type { CallerPatience, CallInsight } from '../call.ts';
import type { Attempts, WorstCase } from '../worst-case.ts';
import { attemptsText } from './attempts.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

const MOST_SINKS = 3;

export function callWords(insight: CallInsight): Words {
  const { callee, caller, longest, patience, sinks } = insight;
  const rows: Row[] = [{ label: 'Worst case', value: longestText(longest) }];
  const attempts = triesText(insight);
  if (attempts) rows.push({ label: 'Attempts', value: attempts });
  if (patience) rows.push({ label: 'Caller', value: patienceText(patience) });
  if (sinks.length > 0) rows.push({ label: 'When all fails', value: sinksText(sinks) });
  return { title: `Call '${caller}' → '${callee}'`, rows, notes: wantTexts(insight) };
}

/** `≤ 825ms`: the longest that a call can take. */
export function callHint({ ms }: WorstCase): string | undefined {
  return Number.isFinite(ms) ? `≤ ${formatRoughly(ms)}` : undefined;
}

function longestText({ attempts, fallbackMs, ms, withoutDeadlineMs }: WorstCase): string {
  if (!Number.isFinite(ms)) return 'for ever: nothing ends it';
  const parts: string[] = [];
  if (withoutDeadlineMs !== undefined) {
    parts.push(`cut by its deadline, ${formatRoughly(withoutDeadlineMs)} without it`);
  }
  parts.push(...attemptParts(attempts));
  if (fallbackMs > 0) parts.push(`${formatRoughly(fallbackMs)} of it for the fallback`);
  return [formatRoughly(ms), ...parts].join('; ');
}

function attemptParts({ count, eachMs, inQueuesMs, waitsMs }: Attempts): string[] {
  if (!Number.isFinite(eachMs)) return [];
  const queues = inQueuesMs > 0 ? `${formatRoughly(inQueuesMs)} of it in queues` : '';
  if (count === 1) return queues === '' ? [] : [queues];
  const parts = [`${plural(count, 'attempt')} of ${formatRoughly(eachMs)}`];
  if (queues !== '') parts.push(queues);
  if (waitsMs > 0) parts.push(`${formatRoughly(waitsMs)} between them`);
  return [parts.join(', ')];
}

function triesText({ attempts, repeats }: CallInsight): string | undefined {
  if (!attempts) return undefined;
  const only = repeats ? '' : ', made only when a try did not reach the callee (idempotent: false)';
  return `${attemptsText(attempts)}${attempts.value > 1 ? only : ''}`;
}

function patienceText({ limit, name, share }: CallerPatience): string {
  const waits = `'${name}' gives up after ${formatRoughly(limit.ms.value)}`;
  if (share > 1) return `${waits}; this call alone can take ${numberText(share)} times that`;
  return `${waits}; this call can take ${formatPercent(share, 0)} of that`;
}

function sinksText(sinks: CallInsight['sinks']): string {
  if (sinks.some(({ times }) => times === Number.POSITIVE_INFINITY)) {
    return 'requests without end, for calls go round in a circle';
  }
  const worst = sinks.toSorted((a, b) => b.times - a.times);
  const texts = worst.map(({ name, times }) => `×${numberText(times)} at '${name}'`);
  return `requests multiply: up to ${listed(texts, 'and', MOST_SINKS)}`;
}

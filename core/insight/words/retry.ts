import { defaultNote } from '../../model/source.ts';
import { numberText } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';
import type { RetryInsight } from '../retry.ts';
import { attemptsText } from './attempts.ts';
import type { Row, Words } from './words.ts';

export function retryWords(insight: RetryInsight): Words {
  const { attempts, longest, name, uses } = insight;
  const rows: Row[] = [{ label: 'Attempts', value: attemptsText(attempts) }];
  if (attempts.value > 1) {
    rows.push({ label: 'Waits', value: waitsText(insight) });
    rows.push({ label: 'When all fails', value: loadText(insight) });
  }
  if (longest) {
    const ms = Number.isFinite(longest.ms) ? formatRoughly(longest.ms) : 'for ever';
    const most = uses > 1 ? ` (${uses} calls use it)` : '';
    rows.push({ label: 'Longest call', value: `${ms}: ${longest.call}${most}` });
  }
  const notes = uses === 0 ? ['No call uses it.'] : [];
  return { title: `Retry policy '${name}'`, rows, notes };
}

function waitsText({ allWaitsMs, attempts, jitter, leastWaitsMs, waitsMs }: RetryInsight): string {
  const more = attempts.value - 1 > waitsMs.length ? ', …' : '';
  const upTo = jitter.value === 'none' ? '' : 'up to ';
  const waits = `${upTo}${waitsMs.map(formatDuration).join(', ')}${more}`;
  const least = leastWaitsMs < allWaitsMs ? `from ${formatRoughly(leastWaitsMs)} ` : '';
  const all = `${least}${least === '' ? '' : 'to '}${formatRoughly(allWaitsMs)} in all`;
  return `${waits}; ${all} (jitter ${jitter.value}${jitter.source.kind === 'default' ? ', default' : ''})`;
}

function loadText({ attempts, budget, budgetBurst, minRetriesPerSecond }: RetryInsight): string {
  if (!budget) return `each call becomes ${attempts.value}: there is no budget`;
  if (budgetBurst) {
    return `retries are at most ${formatPercent(budget.value)} of the calls, and ${numberText(budgetBurst.value)} more that were saved up`;
  }
  const floor = `${minRetriesPerSecond.value}/s${defaultNote(minRetriesPerSecond)}`;
  return `retries are at most ${formatPercent(budget.value)} of the calls, or ${floor} where that is more`;
}

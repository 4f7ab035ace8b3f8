import { defaultNote } from '../../model/source.ts';
import { countText, numberText, plural } from '../../text/words.ts';
import { formatPercent, formatRate, formatRoughly } from '../../time/index.ts';
import { type PoolInsight, type PoolUse, PROPOSED } from '../pool.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

const TITLES = {
  bulkhead: 'Bulkhead',
  'connection pool': 'Connection pool',
  'concurrency limit': 'Concurrency limit',
} as const;

const SLOTS = {
  bulkhead: 'slot',
  'connection pool': 'connection',
  'concurrency limit': 'call',
} as const;

export function poolWords(insight: PoolInsight): Words {
  const { is, name, queue, slots, use } = insight;
  const size = `${plural(slots.value, SLOTS[is])} at once${defaultNote(slots)}`;
  const line = queue?.value ? `, and ${countText(queue.value)}${defaultNote(queue)} that wait` : '';
  const rows: Row[] = [{ label: 'Room', value: `${size}${line}` }];
  if (use) rows.push(...useRows(use, insight));
  return {
    title: `${TITLES[is]} '${name}'`,
    rows,
    notes: [...notesOf(insight), ...wantTexts(insight)],
  };
}

/** `0.02% rejected`. */
export function poolHint({ use }: PoolInsight): string | undefined {
  return use && `${formatPercent(use.rejected)} rejected`;
}

function useRows(use: PoolUse, { queue }: PoolInsight): Row[] {
  const { enough, holdMs, meanWaitMs, perSecond, rejected, slots } = use;
  const load = `${numberText(slots)} at once on average: ${formatRate(perSecond)} × ${formatRoughly(holdMs)}`;
  const isFelt = queue?.value && meanWaitMs >= 1;
  const wait = isFelt ? `; the others wait ${formatRoughly(meanWaitMs)} on average` : '';
  const rows = [
    { label: 'Load', value: load },
    { label: 'Rejected', value: `${formatPercent(rejected)} of the requests${wait}` },
  ];
  if (enough === undefined) return rows;
  const instead = queue?.value ? ', even without a queue' : '';
  const size = `${countText(enough)} would reject ${formatPercent(PROPOSED)}${instead}`;
  return [...rows, { label: 'Enough', value: size }];
}

function notesOf({ use, wants }: PoolInsight): string[] {
  if (!use) return [];
  const least = wants.length > 0 ? ' At least: what is not written counts as nothing.' : '';
  return [`In one process, while nothing fails, if requests arrive independently.${least}`];
}

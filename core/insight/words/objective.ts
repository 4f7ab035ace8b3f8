import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';
import type { GroupTime, ObjectiveInsight } from '../objective.ts';
import type { Reachable } from '../reachable.ts';
import { reachableNotes, reachableRows, tellsSomething } from './reachable.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

type Availability = ObjectiveInsight & { readonly measure: 'availability' };
type Latency = ObjectiveInsight & { readonly measure: 'latency' };
type Recovery = ObjectiveInsight & { readonly measure: 'rto' | 'rpo' };

export function objectiveWords(insight: ObjectiveInsight): Words {
  const words = wordsFor(insight);
  return { ...words, notes: [...words.notes, ...wantTexts(insight)] };
}

/** The number that decides: `at most 99.95%`, `at least 640ms`. */
export function objectiveHint(insight: ObjectiveInsight): string | undefined {
  switch (insight.measure) {
    case 'availability': {
      const { reachable } = insight;
      if (!reachable || !tellsSomething(reachable)) return undefined;
      return `reachable: ${formatPercent(reachable.up)}`;
    }
    case 'latency':
      return insight.floor && `at least ${formatRoughly(insight.floor.ms)}`;
    case 'rto':
    case 'rpo':
      return insight.worst && timeHint(insight.worst);
  }
}

function timeHint({ how, ms }: GroupTime): string {
  if (ms > 0) return `up to ${formatRoughly(ms)}`;
  return how === 'replication' ? 'nothing is lost' : 'at once';
}

function wordsFor(insight: ObjectiveInsight): Words {
  switch (insight.measure) {
    case 'availability':
      return availabilityWords(insight);
    case 'latency':
      return latencyWords(insight);
    case 'rto':
    case 'rpo':
      return recoveryWords(insight);
  }
}

function availabilityWords({ of, reachable, target }: Availability): Words {
  const title = `Objective: availability${of === undefined ? '' : ` of '${of}'`}`;
  const ms = downtimeMs(1 - target, MONTH_MS) ?? 0;
  const promise = `${formatPercent(target)} leaves ${formatDuration(ms)} down in 30d`;
  const rows: Row[] = [{ label: 'Promise', value: promise }];
  if (!reachable) return { title, rows, notes: [] };
  const [availability, ...others] = reachableRows(reachable);
  if (availability) {
    const value = `${availability.value}: ${verdict(reachable, target)}`;
    rows.push({ label: 'Reachable', value }, ...others);
  }
  return { title, rows, notes: reachableNotes(reachable) };
}

function verdict({ relyOnCaches, unknown, up }: Reachable, target: number): string {
  // A share that is met to twelve digits is met.
  if (Number(up.toPrecision(12)) < target) return 'the promise cannot be kept';
  return unknown.length > 0 || relyOnCaches ? 'nothing rules the promise out' : 'the promise holds';
}

function latencyWords({ floor, percentile, targetMs }: Latency): Words {
  const share = percentile.slice(1);
  const promise = `${share}% of the answers arrive within ${formatDuration(targetMs)}`;
  const rows: Row[] = [{ label: 'Promise', value: promise }];
  const title = `Objective: latency ${percentile}`;
  if (!floor) return { title, rows, notes: [] };
  const verdict = floor.ms > targetMs ? ': the promise cannot be kept' : '';
  const value = `not below ${formatRoughly(floor.ms)}, for '${floor.part}' alone is that slow${verdict}`;
  rows.push({ label: 'Reachable', value });
  return { title, rows, notes: ['While nothing fails, from the latencies that are written.'] };
}

const PROMISES = {
  rto: (time: string) => `a group is below its minimum for ${time} at most`,
  rpo: (time: string) => `a failover loses the last ${time} of writes at most`,
} as const;

const TITLES = {
  rto: 'Objective: recovery time (RTO)',
  rpo: 'Objective: recovery point (RPO)',
} as const;

function recoveryWords({ measure, targetMs, worst }: Recovery): Words {
  const rows: Row[] = [{ label: 'Promise', value: PROMISES[measure](formatDuration(targetMs)) }];
  if (worst) {
    const verdict = worst.ms > targetMs ? ': the promise is not kept' : '';
    rows.push({ label: 'Worst group', value: `${worstText(worst)}${verdict}` });
  }
  return { title: TITLES[measure], rows, notes: [] };
}

function worstText({ group, how, ms }: GroupTime): string {
  const time = formatRoughly(ms);
  switch (how) {
    case 'takeover':
      return ms === 0
        ? 'none: after one failure each group has its minimum at once'
        : `'${group}', ${time} until a standby serves`;
    case 'recovery':
      return `'${group}', ${time} on average until a failed member is back, for it has none to spare`;
    case 'replication':
      return ms === 0
        ? 'none: no failover loses a write'
        : `'${group}', whose copies lag ${time} behind`;
  }
}

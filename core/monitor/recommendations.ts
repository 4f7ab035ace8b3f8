import { listed, plural } from '../text/words.ts';
import { formatDuration, formatPercent } from '../time/index.ts';
import type { FailureEvent } from './events.ts';
import type { Part } from './parts.ts';
import { type CascadeChain, countTypes, type FailurePatterns } from './patterns.ts';
import type { ComponentReport, MonitorRecommendation, MonitorSummary } from './report.ts';

const MINUTE_MS = 60_000;
const ENOUGH_AVAILABILITY_PERCENT = 99.9;
const LONG_MTTR_MINUTES = 15;
const LONG_COMPONENT_MTTR_MINUTES = 30;
const MANY_FAILURES = 5;
const MOST_NAMES = 3;

export interface Evidence {
  readonly windowMs: number;
  readonly summary: MonitorSummary;
  readonly components: readonly ComponentReport[];
  readonly patterns: FailurePatterns;
  readonly failures: readonly FailureEvent[];
  /** How long each part was below its minimum, within the window. */
  readonly outages: readonly { readonly part: Part; readonly downMs: number }[];
}

/**
 * What to do about it, by Faultline's rules: availability below 99.9 % asks for redundancy, a mean
 * time to recovery above 15 minutes for automation, more than 5 failures of a component for a look
 * at it, its mean time to recovery above 30 minutes for a faster one, and cascades for breakers.
 * Failures at the same instant are no cascade: they have one cause, which no breaker keeps off.
 */
export function recommend(evidence: Evidence): MonitorRecommendation[] {
  return [
    ...addRedundancy(evidence),
    ...automateRecovery(evidence),
    ...evidence.components.flatMap((component) => [
      ...investigate(component, evidence),
      ...improveRecovery(component),
    ]),
    ...addCircuitBreakers(evidence),
    ...separateDomains(evidence),
  ];
}

function addRedundancy(evidence: Evidence): MonitorRecommendation[] {
  const { availabilityPercent } = evidence.summary;
  const outages = evidence.outages
    .filter(({ downMs }) => downMs > 0)
    .toSorted((a, b) => b.downMs - a.downMs);
  const [worst] = outages;
  if (availabilityPercent >= ENOUGH_AVAILABILITY_PERCENT || worst === undefined) return [];
  const available = formatPercent(availabilityPercent / 100);
  const { name, minHealthy } = worst.part;
  const what = minHealthy === 1 ? 'was down' : `had fewer than its minimum of ${minHealthy} up`;
  return [
    {
      kind: 'add-redundancy',
      message: `Add redundancy: every group had its minimum up for only ${available} of the last ${span(evidence.windowMs)}, less than ${ENOUGH_AVAILABILITY_PERCENT}%. '${name}' ${what} for ${span(worst.downMs)}.`,
      components: outages.flatMap(({ part }) => leastAvailable(part.members, evidence.components)),
    },
  ];
}

function leastAvailable(ids: readonly string[], all: readonly ComponentReport[]): string[] {
  return all
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => a.availabilityPercent - b.availabilityPercent)
    .map(({ id }) => id);
}

function automateRecovery({ summary, components }: Evidence): MonitorRecommendation[] {
  if (summary.mttrMinutes <= LONG_MTTR_MINUTES) return [];
  const slow = components
    .filter(({ mttrMinutes }) => mttrMinutes > LONG_MTTR_MINUTES)
    .toSorted((a, b) => b.mttrMinutes - a.mttrMinutes);
  const named = slow.map(({ id, mttrMinutes }) => `'${id}' (${minutes(mttrMinutes)})`);
  return [
    {
      kind: 'automate-recovery',
      message: `Automate recovery: it takes ${minutes(summary.mttrMinutes)} on average, more than ${LONG_MTTR_MINUTES}m. Slowest: ${listed(named, 'and', MOST_NAMES)}.`,
      components: slow.map(({ id }) => id),
    },
  ];
}

function investigate(
  { id, failureCount }: ComponentReport,
  { failures }: Evidence,
): MonitorRecommendation[] {
  if (failureCount <= MANY_FAILURES) return [];
  const types = countTypes(failures.filter(({ component }) => component === id));
  const [type, count] = [...types].reduce((most, next) => (next[1] > most[1] ? next : most));
  return [
    {
      kind: 'investigate-component',
      message: `Investigate '${id}': it failed ${failureCount} times, ${count} of them with ${type}.`,
      components: [id],
    },
  ];
}

function improveRecovery({ id, mttrMinutes }: ComponentReport): MonitorRecommendation[] {
  if (mttrMinutes <= LONG_COMPONENT_MTTR_MINUTES) return [];
  return [
    {
      kind: 'improve-component-recovery',
      message: `Make '${id}' recover faster: it takes ${minutes(mttrMinutes)} on average, more than ${LONG_COMPONENT_MTTR_MINUTES}m.`,
      components: [id],
    },
  ];
}

function addCircuitBreakers({ patterns }: Evidence): MonitorRecommendation[] {
  const chains = chainsInTime(patterns);
  if (chains.length === 0) return [];
  const components = [...new Set(chains.flatMap((chain) => chain.components))];
  const message = breakerAdvice(components, chains.length);
  return [{ kind: 'add-circuit-breakers', message, components }];
}

/** Cascades in which one failure followed another, so that something may have passed it on. */
export function chainsInTime({ cascades }: FailurePatterns): readonly CascadeChain[] {
  return cascades.chains.filter(({ startMs, endMs }) => endMs > startMs);
}

/** @param components those to name: one or more of those that failed in the chains */
export function breakerAdvice(components: readonly string[], chains: number): string {
  const named = listed(quoted(components), 'and', MOST_NAMES);
  const failures =
    components.length === 1
      ? 'its failures came within 5m of those of others'
      : 'their failures came within 5m of one another';
  return `Put circuit breakers on the calls to ${named}: ${failures}, in ${plural(chains, 'chain')}. Breakers keep one failure from causing the next.`;
}

function separateDomains({ patterns }: Evidence): MonitorRecommendation[] {
  return patterns.cascades.chains
    .filter(({ startMs, endMs, components }) => endMs === startMs && components.length > 1)
    .map(({ components }) => ({
      kind: 'separate-failure-domains',
      message: `${listed(quoted(components), 'and', MOST_NAMES)} failed at the same moment, so they share a cause, such as a zone, a power supply or a release. Give every group its minimum without what shares it.`,
      components,
    }));
}

function quoted(ids: readonly string[]): string[] {
  return ids.map((id) => `'${id}'`);
}

function minutes(count: number): string {
  return span(count * MINUTE_MS);
}

/** A duration to the second, since nobody acts on less; unless there is only less. */
function span(ms: number): string {
  return formatDuration(ms < 1_000 ? ms : Math.round(ms / 1_000) * 1_000);
}

import {
  type Estimate,
  FAILURE_REASONS,
  type FailureReason,
  type Report,
  type TrafficSummary,
} from '../report.ts';
import {
  countEstimate,
  countText,
  durationEstimate,
  factorEstimate,
  mtbfText,
  mttrText,
  percentEstimate,
  percentText,
  plural,
  type Quantity,
  UNKNOWN,
} from '../text.ts';
import { barList } from './chart/bar.ts';
import { h, type ViewElement } from './node.ts';
import { empty, section } from './section.ts';
import type { ViewContext } from './surface.ts';

export const REASON_LABELS: Readonly<Record<FailureReason, string>> = {
  error: 'Error',
  timeout: 'Timeout',
  deadline: 'Deadline',
  'circuit-open': 'Breaker open',
  'rate-limited': 'Rate limit',
  'limit-exceeded': 'Concurrency limit',
  'pool-exhausted': 'Pool full',
  'no-connection': 'No connection',
  unavailable: 'Nothing healthy',
  'no-quorum': 'No quorum',
};

/** The numbers to remember: what clients saw, and what the components went through. */
export function traffic({ report }: ViewContext): ViewElement {
  return section(
    { id: 'numbers', title: 'Key numbers' },
    h(
      'div',
      { class: 'numbers' },
      h('div', { class: 'part wide' }, clients(report)),
      h('div', { class: 'part' }, wear(report)),
      h('div', { class: 'part' }, endings(report.traffic)),
    ),
  );
}

function clients({ traffic, replications }: Report): ViewElement[] {
  const { requests, successRatio, degradedRatio, latencyMs, amplification } = traffic;
  if (requests.mean === 0) {
    return [
      h('h3', {}, 'What clients saw'),
      empty('No request arrived: the file gives no traffic.'),
    ];
  }
  const latency = (time: Estimate) =>
    successRatio.mean === 0 ? { value: UNKNOWN } : durationEstimate(time);
  const means =
    replications > 1
      ? `Mean of ${plural(replications, 'replication')}, ± 95% interval.`
      : 'One replication, so without intervals.';
  return [
    h('h3', {}, 'What clients saw', note(means)),
    h(
      'dl',
      { class: 'figures' },
      figure('Answered', percentEstimate(successRatio)),
      figure('By a fallback', percentEstimate(degradedRatio)),
      figure('Requests', countEstimate(requests)),
      figure('Latency p50', latency(latencyMs.p50)),
      figure('Latency p95', latency(latencyMs.p95)),
      figure('Latency p99', latency(latencyMs.p99)),
      figure('Amplification', factorEstimate(amplification)),
    ),
  ];
}

function wear({ components, monitor: { summary } }: Report): ViewElement[] {
  if (components.length === 0) {
    return [
      h('h3', {}, 'What the components went through'),
      empty('The file names no components.'),
    ];
  }
  return [
    h('h3', {}, 'What the components went through', note('First replication.')),
    h(
      'dl',
      { class: 'figures' },
      figure('Availability', { value: percentText(summary.availabilityPercent / 100) }),
      figure('MTBF', { value: mtbfText(summary.mtbfHours) }),
      figure('MTTR', {
        value: mttrText(summary.totalRecoveries === 0 ? null : summary.mttrMinutes),
      }),
      figure('Failures', { value: countText(summary.totalFailures) }),
      figure('Recoveries', { value: countText(summary.totalRecoveries) }),
    ),
  ];
}

function endings({ failures }: TrafficSummary): ViewElement[] {
  const counted = FAILURE_REASONS.map((reason) => ({
    label: REASON_LABELS[reason],
    count: failures[reason],
    tone: 'bad',
  })).filter(({ count }) => count > 0);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return [
    h(
      'h3',
      {},
      total === 0 ? 'What ended requests' : `What ended ${plural(total, 'failed request')}`,
      note('First replication.'),
    ),
    total === 0 ? empty('No request failed.') : barList(counted),
  ];
}

function note(text: string): ViewElement {
  return h('span', { class: 'note' }, ` ${text}`);
}

function figure(label: string, { value, spread }: Quantity): ViewElement {
  return h(
    'div',
    {},
    h('dt', {}, label),
    h(
      'dd',
      {},
      h('span', { class: 'figure' }, value),
      spread === undefined ? undefined : h('span', { class: 'spread' }, ` ${spread}`),
    ),
  );
}

import { FAILURE_REASONS, type FailureReason } from '../report.ts';
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
} from '../text.ts';
import { barList } from './chart/bar.ts';
import { h, type ViewElement } from './node.ts';
import { section } from './section.ts';
import type { ViewContext } from './surface.ts';

export const REASON_LABELS: Readonly<Record<FailureReason, string>> = {
  error: 'Error',
  timeout: 'Timeout',
  'circuit-open': 'Breaker open',
  'pool-exhausted': 'Pool full',
  unavailable: 'Nothing healthy',
};

/** The numbers to remember: what clients saw, and what the components went through. */
export function traffic({ report }: ViewContext): ViewElement {
  const { requests, successRatio, degradedRatio, latencyMs, amplification } = report.traffic;
  const { summary } = report.monitor;
  const means =
    report.replications > 1
      ? `Mean of ${plural(report.replications, 'replication')}, ± 95% interval.`
      : 'One replication, so without intervals.';
  return section(
    { id: 'numbers', title: 'Key numbers', classes: 'span-all' },
    h('h3', {}, 'What clients saw ', h('span', { class: 'note' }, means)),
    h(
      'dl',
      { class: 'figures' },
      figure('Answered', percentEstimate(successRatio)),
      figure('By a fallback', percentEstimate(degradedRatio)),
      figure('Requests', countEstimate(requests)),
      figure('Latency p50', durationEstimate(latencyMs.p50)),
      figure('Latency p95', durationEstimate(latencyMs.p95)),
      figure('Latency p99', durationEstimate(latencyMs.p99)),
      figure('Calls per call', factorEstimate(amplification)),
    ),
    h(
      'h3',
      {},
      'What the components went through ',
      h('span', { class: 'note' }, 'First replication.'),
    ),
    h(
      'dl',
      { class: 'figures' },
      figure('Availability', { value: percentText(summary.availabilityPercent / 100) }),
      figure('MTBF', { value: mtbfText(summary.mtbfHours) }),
      figure('MTTR', { value: mttrText(summary.mttrMinutes) }),
      figure('Failures', { value: countText(summary.totalFailures) }),
      figure('Recoveries', { value: countText(summary.totalRecoveries) }),
    ),
    endings(report.traffic.failures),
  );
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

function endings(failures: Readonly<Record<FailureReason, number>>): ViewElement[] {
  const counted = FAILURE_REASONS.map((reason) => ({
    label: REASON_LABELS[reason],
    count: failures[reason],
    tone: 'bad',
  })).filter(({ count }) => count > 0);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const note = h('span', { class: 'note' }, 'First replication.');
  if (total === 0) {
    return [
      h('h3', {}, 'What ended requests ', note),
      h('p', { class: 'empty' }, 'No request failed.'),
    ];
  }
  const title =
    total === 1
      ? 'What ended the failed request '
      : `What ended the ${countText(total)} failed requests `;
  return [h('h3', {}, title, note), barList(counted)];
}

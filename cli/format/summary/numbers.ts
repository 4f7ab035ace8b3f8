import { SCORE_POINTS } from '../../../core/index.ts';
import { type Estimate, FAILURE_REASONS, type Report } from '../../../core/report/report.ts';
import {
  countEstimate,
  countText,
  decimalText,
  durationEstimate,
  factorEstimate,
  mtbfText,
  mttrText,
  percentEstimate,
  percentText,
  type Quantity,
  UNKNOWN,
} from '../../../core/report/text.ts';
import { REASON_LABELS } from '../../../core/report/view/traffic.ts';
import type { Style } from '../style.ts';
import type { Section } from './section.ts';

const SCORE_PARTS = ['availability', 'recovery', 'frequency', 'diversity'] as const;

/** The score, what clients saw, with intervals, and what the components went through. */
export const numbers: Section = (report, { style }) => {
  const lines = [...trafficLines(report), ...componentLine(report)].map(([title, figures]) => {
    const texts = figures.map(([label, { value, spread }]) => {
      return `${style.dim(label)} ${value}${spread ? style.dim(` ${spread}`) : ''}`;
    });
    return titled(title, texts.join(style.dim(' · ')));
  });
  return [titled('Score', score(report, style)), ...lines];
};

/** The score out of 100 and its four parts, each out of the points it can have. */
function score({ components, monitor }: Report, style: Style): string {
  if (components.length === 0) {
    return style.dim('none: it rates how components fail, and the file names none');
  }
  const { score } = monitor.summary;
  const parts = SCORE_PARTS.map((name) => {
    return `${name} ${decimalText(score[name])}${style.dim(`/${SCORE_POINTS[name]}`)}`;
  });
  const total = `${style.bold(decimalText(score.total))}${style.dim('/100')}`;
  return `${total} ${style.dim('=')} ${parts.join(style.dim(' + '))}`;
}

function titled(title: string, text: string): string {
  return `  ${title.padEnd(TITLE_WIDTH)}${text}`;
}

type Figures = readonly (readonly [label: string, quantity: Quantity])[];
type Line = readonly [title: string, figures: Figures];

const TITLE_WIDTH = 'Components  '.length;

function trafficLines({ traffic }: Report): Line[] {
  const { requests, successRatio, degradedRatio, latencyMs, amplification } = traffic;
  if (requests.mean === 0) return [];
  const latency = (time: Estimate) =>
    successRatio.mean === 0 ? { value: UNKNOWN } : durationEstimate(time);
  const failedBy: Figures = FAILURE_REASONS.filter((reason) => traffic.failures[reason] > 0).map(
    (reason) => [
      REASON_LABELS[reason].toLowerCase(),
      { value: countText(traffic.failures[reason]) },
    ],
  );
  return [
    [
      'Requests',
      [
        ['in all', countEstimate(requests)],
        ['answered', percentEstimate(successRatio)],
        ['by a fallback', percentEstimate(degradedRatio)],
      ],
    ],
    ...(failedBy.length > 0 ? [['Failed by', failedBy] as const] : []),
    [
      'Latency',
      [
        ['p50', latency(latencyMs.p50)],
        ['p95', latency(latencyMs.p95)],
        ['p99', latency(latencyMs.p99)],
        ['tries per call', factorEstimate(amplification)],
      ],
    ],
  ];
}

function componentLine({ components, monitor }: Report): Line[] {
  if (components.length === 0) return [];
  const { summary } = monitor;
  return [
    [
      'Components',
      [
        ['availability', { value: percentText(summary.availabilityPercent / 100) }],
        ['MTBF', { value: mtbfText(summary.mtbfHours) }],
        ['MTTR', { value: mttrText(summary.totalRecoveries === 0 ? null : summary.mttrMinutes) }],
        ['failures', { value: countText(summary.totalFailures) }],
        ['recoveries', { value: countText(summary.totalRecoveries) }],
      ],
    ],
  ];
}

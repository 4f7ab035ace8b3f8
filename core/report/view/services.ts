import { FAILURE_REASONS, type ServiceResult } from '../report.ts';
import { countText, durationText, percentText, UNKNOWN } from '../text.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { share } from './scale.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';
import { REASON_LABELS } from './traffic.ts';

/** Every service: what it answered, how fast, and what mostly stopped it. */
export function services(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'services', title: 'Services', classes: 'span-all' };
  if (report.services.length === 0) {
    return blankSection(head, 'The file names no services.');
  }
  return section(
    { ...head, note: 'First replication.' },
    table<ServiceResult>(
      'Services',
      [
        {
          title: 'Service',
          kind: 'text',
          cell: ({ name, place }) => placedName(context, name, place),
        },
        {
          title: 'Requests',
          kind: 'number',
          cell: ({ requests }) => countText(requests),
          value: ({ requests }) => requests,
        },
        ratioColumn('In full', ({ succeeded }) => succeeded),
        ratioColumn('By a fallback', ({ degraded }) => degraded),
        ratioColumn('Failed', failed),
        {
          title: 'p50',
          kind: 'number',
          cell: (service) => latencyText(service, 'p50'),
          value: ({ latencyMs }) => latencyMs.p50,
        },
        {
          title: 'p99',
          kind: 'number',
          cell: (service) => latencyText(service, 'p99'),
          value: ({ latencyMs }) => latencyMs.p99,
        },
        { title: 'Mostly stopped by', kind: 'text', cell: mainReason },
      ],
      report.services,
    ),
  );
}

function ratioColumn(title: string, count: (service: ServiceResult) => number) {
  return {
    title,
    kind: 'number' as const,
    cell: (service: ServiceResult) =>
      service.requests === 0 ? UNKNOWN : percentText(share(count(service), service.requests)),
    value: (service: ServiceResult) => share(count(service), service.requests),
  };
}

function failed({ failures }: ServiceResult): number {
  return FAILURE_REASONS.reduce((sum, reason) => sum + failures[reason], 0);
}

function mainReason({ failures }: ServiceResult) {
  const [main] = FAILURE_REASONS.toSorted((a, b) => failures[b] - failures[a]);
  return main === undefined || failures[main] === 0
    ? UNKNOWN
    : h(
        'span',
        {},
        REASON_LABELS[main],
        h('span', { class: 'muted' }, ` ${countText(failures[main])}`),
      );
}

function latencyText(service: ServiceResult, percentile: 'p50' | 'p99'): string {
  const { degraded, latencyMs, succeeded } = service;
  return succeeded + degraded === 0 ? UNKNOWN : durationText(latencyMs[percentile]);
}

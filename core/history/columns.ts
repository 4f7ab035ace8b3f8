import type { FailureSeverity } from '../monitor/index.ts';

/** What a record of a history may say. */
export type Field =
  | 'component'
  | 'time'
  | 'event'
  | 'start'
  | 'end'
  | 'type'
  | 'severity'
  | 'method';

/** What incident tools call it; compared without case, blanks, dashes and underscores. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  component: [
    'component',
    'service',
    'servicename',
    'host',
    'instance',
    'node',
    'resource',
    'name',
  ],
  time: ['time', 'timestamp', 'at', 'date'],
  event: ['event', 'kind', 'state', 'status', 'action'],
  start: [
    'start',
    'started',
    'startedat',
    'starttime',
    'created',
    'createdat',
    'createdon',
    'opened',
    'openedat',
    'impactstartedat',
    'impactstart',
  ],
  end: [
    'end',
    'ended',
    'endedat',
    'endtime',
    'resolved',
    'resolvedat',
    'resolvedon',
    'closed',
    'closedat',
    'impactendedat',
    'impactend',
  ],
  type: ['type', 'failuretype', 'category', 'cause', 'rootcause'],
  severity: ['severity', 'priority', 'urgency', 'impact'],
  method: ['method', 'resolution', 'recoverymethod', 'resolvedby'],
};

/** The first key of a record that means each field. */
export function fieldsOf(keys: readonly string[]): ReadonlyMap<Field, string> {
  const plain = keys.map((key) => [key.toLowerCase().replaceAll(/[\s_-]/g, ''), key] as const);
  const found = new Map<Field, string>();
  for (const [field, names] of Object.entries(NAMES) as [Field, readonly string[]][]) {
    for (const name of names) {
      const key = plain.find(([one]) => one === name)?.[1];
      if (key === undefined) continue;
      found.set(field, key);
      break;
    }
  }
  return found;
}

const FAILURES = [
  'failure',
  'failed',
  'fail',
  'down',
  'triggered',
  'trigger',
  'firing',
  'alerting',
  'opened',
  'critical',
];
const RECOVERIES = ['recovery', 'recovered', 'up', 'resolved', 'resolve', 'ok', 'closed', 'normal'];

export function eventOf(text: string): 'failure' | 'recovery' | undefined {
  const word = text.trim().toLowerCase();
  if (FAILURES.includes(word)) return 'failure';
  return RECOVERIES.includes(word) ? 'recovery' : undefined;
}

const SEVERITIES: Readonly<Record<FailureSeverity, RegExp>> = {
  critical: /^(critical|fatal|emergency|(p|sev|s)-?[01])$/,
  high: /^(high|major|error|(p|sev|s)-?2)$/,
  medium: /^(medium|moderate|warning|(p|sev|s)-?3)$/,
  low: /^(low|minor|info|information|(p|sev|s)-?[45])$/,
};

/** What a tool's word for it comes to; what is not known is taken as medium. */
export function severityOf(text: string): FailureSeverity {
  const word = text.trim().toLowerCase();
  const found = Object.entries(SEVERITIES).find(([, words]) => words.test(word));
  return (found?.[0] as FailureSeverity | undefined) ?? 'medium';
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/;

/**
 * Milliseconds since 1970 of a date and time (ISO 8601, without a zone in UTC), or of seconds or
 * milliseconds since 1970.
 */
export function timeOf(value: unknown): number | undefined {
  const text = String(value).trim();
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const [, day, time = '00:00', zone = 'Z'] = DATE.exec(text) ?? [];
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T${time}${zone === 'UTC' ? 'Z' : zone}`);
  return ms >= 0 ? ms : undefined;
}

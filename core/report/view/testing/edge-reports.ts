import { noFailures } from '../../../simulation/outcome.ts';
import type { Report } from '../../report.ts';
import { sampleReport } from './sample-report.ts';

export const HOSTILE = `<img src=x onerror="alert('&1')"></script><!--`;

const CHOICES = new Set([
  'format',
  'origin',
  'severity',
  'kind',
  'state',
  'status',
  'level',
  'ruleId',
  'evidence',
]);

/** Every text in the report is an attack. Words that the code chooses among are left alone. */
export const hostileReport: Report = {
  ...(poison(sampleReport) as Report),
  scenarios: [HOSTILE, 'harmless'],
};

function poison(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return CHOICES.has(key) ? value : HOSTILE;
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      key === 'byType' ? `${HOSTILE} ${name}` : name,
      poison(item, name),
    ]),
  );
}

const nothing = { mean: 0, halfWidth: null };

/** A file that says next to nothing, run once, with nothing to see. */
export const emptyReport: Report = {
  ...sampleReport,
  scenario: null,
  scenarios: [],
  replications: 1,
  precision: null,
  partial: null,
  objectives: [],
  comebacks: [],
  years: null,
  traffic: {
    requests: nothing,
    successRatio: nothing,
    degradedRatio: nothing,
    latencyMs: { p50: nothing, p95: nothing, p99: nothing },
    failures: noFailures(),
    amplification: nothing,
  },
  monitor: {
    ...sampleReport.monitor,
    summary: {
      totalFailures: 0,
      totalRecoveries: 0,
      mtbfHours: null,
      mttrMinutes: 0,
      availabilityPercent: 100,
      score: { total: 100, availability: 40, recovery: 30, frequency: 20, diversity: 10 },
    },
  },
  groups: [],
  components: [],
  services: [],
  pools: [],
  breakers: [],
  limits: [],
  calls: [],
  timeline: {
    bucketMs: 1_000,
    arrived: [],
    succeeded: [],
    degraded: [],
    failed: [],
    retries: [],
    events: [],
    omittedEvents: 0,
  },
  findings: [],
  recommendations: [],
  assumptions: [],
};

const NUMBERS_OF_NO_USE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const NOT_MEASURED = new Set(['version', 'seed', 'line', 'character']);

/** Measurements that no run should give: the page must still not print them. */
export const brokenReport = JSON.parse(JSON.stringify(sampleReport), (key, value) => {
  if (typeof value !== 'number' || NOT_MEASURED.has(key)) return value;
  return NUMBERS_OF_NO_USE[key.length % NUMBERS_OF_NO_USE.length];
}) as Report;

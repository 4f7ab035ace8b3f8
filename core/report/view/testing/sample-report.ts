// Over 400 lines: one report in which every part says something, written out so that it can be read.
import { noFailures } from '../../../simulation/outcome.ts';
import type { Place, Report } from '../../report.ts';
import { sampleTimeline } from './sample-timeline.ts';

const FILE = 'online-shop.resilience.yaml';

/** The place of a name on a line as people count them. */
function line(number: number, text = ''): Place {
  return {
    file: FILE,
    start: { line: number - 1, character: 2 },
    end: { line: number - 1, character: 2 + text.length },
  };
}

const estimate = (mean: number, halfWidth: number | null) => ({ mean, halfWidth });
const timeline = sampleTimeline(line);
const MINUTE_MS = 60_000;

/** A complete report as the simulation of an online shop gives it: a lost primary and a bad hour for payments. */
export const sampleReport: Report = {
  format: 'faultline-report',
  version: 1,
  system: 'online-shop',
  file: FILE,
  scenario: {
    name: 'primary-lost',
    description: 'the primary database fails, then payments stop answering',
    place: line(49, 'primary-lost'),
  },
  scenarios: ['primary-lost', 'zone-a-down', 'black-friday'],
  seed: 42,
  durationMs: 10 * MINUTE_MS,
  replications: 20,
  verdict:
    'The shop stays up but misses its promise of 99.95%: 0.4% of requests fail, most of them while the standby takes over.',
  objectives: [
    {
      name: 'Availability',
      origin: 'objective',
      target: '≥ 99.95%',
      achieved: '99.6% ± 0.04',
      status: 'missed',
      violation: null,
      place: line(3, 'availability'),
    },
    {
      name: 'Latency p99',
      origin: 'objective',
      target: '≤ 800ms',
      achieved: '788ms ± 21ms',
      status: 'unclear',
      violation: null,
      place: line(3, 'latency'),
    },
    {
      name: 'Recovery time',
      origin: 'objective',
      target: '≤ 5m',
      achieved: '1m 2s',
      status: 'met',
      violation: null,
      place: line(3, 'rto'),
    },
    {
      name: 'Recovers within',
      origin: 'expectation',
      target: '≤ 30s',
      achieved: '12.4s',
      status: 'met',
      violation: null,
      place: line(53, 'recoversWithin'),
    },
  ],
  comebacks: [
    {
      service: 'checkout',
      after: 'db-primary-1 fails at 1m',
      place: line(45, 'db-primary-1'),
      status: 'recovers',
      runs: { recovers: 5, 'recovers-slowly': 0, unclear: 0, stuck: 0 },
      stuckRatio: { lower: 0, upper: 0.4345 },
      backMs: estimate(1_200, 310),
      goodputRatio: estimate(0.998, 0.004),
      unclear: null,
    },
    {
      service: 'checkout',
      after: 'payments is degraded at 2m',
      place: line(46, 'payments'),
      status: 'stuck',
      runs: { recovers: 1, 'recovers-slowly': 1, unclear: 1, stuck: 2 },
      stuckRatio: { lower: 0.1176, upper: 0.7693 },
      backMs: estimate(74_000, 12_300),
      goodputRatio: estimate(0.412, 0.18),
      unclear: 'the run ended 40s later: too soon to tell',
    },
  ],
  traffic: {
    requests: estimate(24_013.4, 41.2),
    successRatio: estimate(0.99604, 0.00038),
    degradedRatio: estimate(0.0823, 0.0011),
    latencyMs: {
      p50: estimate(84.2, 0.31),
      p95: estimate(412.7, 6.4),
      p99: estimate(788.3, 20.6),
    },
    failures: failuresBy(21, 38, 0, 12, 24),
    amplification: estimate(1.084, 0.0062),
  },
  monitor: {
    generatedAtMs: 10 * MINUTE_MS,
    windowMs: 10 * MINUTE_MS,
    summary: {
      totalFailures: 6,
      totalRecoveries: 5,
      mtbfHours: 0.0241,
      mttrMinutes: 0.74,
      availabilityPercent: 97.2,
      score: {
        total: 73.6,
        availability: 38.88,
        recovery: 29.93,
        frequency: 0.002,
        diversity: 4.8,
      },
    },
    components: [],
    patterns: {
      bySeverity: { critical: 1, high: 2, medium: 3, low: 0 },
      byType: { crash: 3, 'latency-degradation': 2, 'zone-outage': 1 },
      byHourOfDay: Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 6 : 0)),
      cascades: {
        count: 2,
        chains: [
          {
            startMs: 5 * MINUTE_MS,
            endMs: 5 * MINUTE_MS + 22_000,
            components: ['cache-1', 'db-standby-2', 'search-1'],
          },
        ],
      },
    },
    recommendations: [],
  },
  groups: [
    {
      name: 'database',
      componentType: 'PostgreSQL',
      place: line(6, 'database'),
      level: 'HIGH',
      minHealthy: 2,
      members: 4,
      lowestServing: 1,
      availability: 0.9915,
      promotions: 1,
      longestOutageMs: 5_100,
      peakLoad: 0.86,
      lostWritesMs: 50,
      lostWrites: 12,
      mistakes: 1,
      detection: { found: 1, slowestMs: 3_240, unnoticed: 2, weakenings: 3, refused: 141 },
      failover: { retries: 152, degraded: 4, restored: 5 },
    },
    {
      name: 'cache',
      componentType: 'cache',
      place: line(16, 'cache'),
      level: 'MEDIUM',
      minHealthy: 1,
      members: 2,
      lowestServing: 1,
      availability: 1,
      promotions: 0,
      longestOutageMs: 0,
      peakLoad: 0.41,
      lostWritesMs: 0,
      lostWrites: 0,
      mistakes: 0,
      detection: null,
      failover: null,
    },
    {
      name: 'search',
      componentType: 'search',
      place: line(21, 'search'),
      level: 'LOW',
      minHealthy: 1,
      members: 1,
      lowestServing: 0,
      availability: 0.9271,
      promotions: 0,
      longestOutageMs: 43_700,
      peakLoad: null,
      lostWritesMs: 0,
      lostWrites: 0,
      mistakes: 0,
      detection: null,
      failover: null,
    },
  ],
  components: [
    component('db-primary-1', 'database', 8, 'active', 1, 0.8967, null, 1.03, [
      [0, 'active'],
      [60_000, 'failed'],
      [92_000, 'recovering'],
      [122_000, 'standby'],
    ]),
    component('db-primary-2', 'database', 9, 'active', 0, 1, null, null, [[0, 'active']]),
    component('db-standby-1', 'database', 11, 'active', 0, 1, null, null, [
      [0, 'standby'],
      [60_100, 'activating'],
      [65_100, 'active'],
    ]),
    component('db-standby-2', 'database', 12, 'failed', 2, 0.71, 0.031, 0.5, [
      [0, 'standby'],
      [311_000, 'failed'],
      [341_000, 'recovering'],
      [371_000, 'standby'],
      [482_000, 'failed'],
    ]),
    component('cache-1', 'cache', 17, 'active', 1, 1, null, 0.92, [
      [0, 'active'],
      [300_000, 'degraded'],
      [355_000, 'active'],
    ]),
    component('cache-2', 'cache', 18, 'active', 0, 1, null, null, [[0, 'active']]),
    component('search-1', 'search', 22, 'active', 2, 0.9271, 0.0187, 0.73, [
      [0, 'active'],
      [254_700, 'failed'],
      [278_000, 'active'],
      [322_000, 'failed'],
      [365_700, 'active'],
    ]),
  ],
  services: [
    {
      name: 'checkout',
      place: line(34, 'checkout'),
      requests: 24_013,
      succeeded: 21_942,
      degraded: 1_976,
      failures: failuresBy(21, 38, 0, 12, 24),
      latencyMs: { p50: 84.2, p99: 788.3 },
    },
    {
      name: 'payments',
      place: line(41, 'payments'),
      requests: 22_360,
      succeeded: 20_270,
      degraded: 0,
      failures: failuresBy(402, 27, 1_649, 12, 0),
      latencyMs: { p50: 61, p99: 412 },
    },
    {
      name: 'recommendations',
      place: line(45, 'recommendations'),
      requests: 0,
      succeeded: 0,
      degraded: 0,
      failures: failuresBy(0, 0, 0, 0, 0),
      latencyMs: { p50: 0, p99: 0 },
    },
  ],
  pools: [
    {
      name: 'critical',
      place: line(29, 'critical'),
      size: 20,
      requests: 24_013,
      admitted: 24_013,
      rejected: 0,
      timeouts: 0,
      peakInUse: 17,
      meanUtilisation: 0.204,
      inUse: timeline.critical,
      services: ['checkout'],
    },
    {
      name: 'external',
      place: line(30, 'external'),
      size: 15,
      requests: 22_360,
      admitted: 22_348,
      rejected: 12,
      timeouts: 4,
      peakInUse: 15,
      meanUtilisation: 0.183,
      inUse: timeline.external,
      services: ['checkout', 'payments'],
    },
  ],
  breakers: [
    {
      name: 'payments',
      usedBy: ['checkout → payments'],
      place: line(26, 'payments'),
      opened: 2,
      rejected: 1_649,
      successRatePercent: 97.93,
      averageResponseMs: 71.4,
      states: [
        { atMs: 0, state: 'closed' },
        { atMs: 121_400, state: 'open' },
        { atMs: 151_400, state: 'half-open' },
        { atMs: 153_900, state: 'open' },
        { atMs: 183_900, state: 'half-open' },
        { atMs: 189_200, state: 'closed' },
      ],
    },
  ],
  limits: [
    {
      name: 'partner',
      kind: 'rate-limiter',
      place: line(31, 'partner'),
      usedBy: ['checkout → payments'],
      limit: 50,
      lowestLimit: 50,
      peak: null,
      admitted: 22_348,
      waited: 1_204,
      rejected: 12,
    },
    {
      name: 'search',
      kind: 'concurrency-limit',
      place: line(32, 'search'),
      usedBy: ['checkout → search'],
      limit: 24,
      lowestLimit: 7,
      peak: 25,
      admitted: 24_001,
      waited: 0,
      rejected: 12,
    },
    {
      name: 'orders',
      kind: 'connection-pool',
      place: line(33, 'orders'),
      usedBy: ['checkout → database'],
      limit: 10,
      lowestLimit: 10,
      peak: 10,
      admitted: 24_013,
      waited: 310,
      rejected: 0,
    },
  ],
  calls: [
    {
      from: 'checkout',
      to: 'payments',
      place: line(39, 'payments'),
      made: 24_013,
      sent: 24_402,
      retries: 2_038,
      copies: 0,
      freshAnswers: 0,
      staleAnswers: 0,
      fallbackAnswers: 1_976,
    },
    {
      from: 'checkout',
      to: 'search',
      place: line(40, 'search'),
      made: 24_013,
      sent: 13_140,
      retries: 0,
      copies: 1_110,
      freshAnswers: 11_983,
      staleAnswers: 21,
      fallbackAnswers: 0,
    },
  ],
  timeline: timeline.timeline,
  findings: [
    {
      ruleId: 'group-no-headroom',
      severity: 'warning',
      message:
        "'cache' keeps 1 of 2: it can lose one member, and then none. Add a third to restart one while another is down.",
      place: line(16, 'cache'),
    },
    {
      ruleId: 'single-instance',
      severity: 'error',
      message:
        "'search' runs as a single instance: every restart or failure of it is an outage. The objective is 99.95%. Add a second member in another zone, or write 'singleton: true' if one is meant.",
      place: line(21, 'search'),
    },
    {
      ruleId: 'timeout-inverted',
      severity: 'warning',
      message:
        "'checkout' gives up on 'payments' after 2s, but 3 attempts of 2s take up to 6.3s with their pauses.",
      place: line(38, 'timeout'),
    },
    {
      ruleId: 'quorum-even-size',
      severity: 'info',
      message: 'Four copies tolerate no more losses than three: a majority of four is three.',
      place: line(10, 'copies'),
    },
    {
      ruleId: 'unused-definition',
      severity: 'hint',
      message: "No call uses the retry policy 'patient'.",
      place: line(32, 'patient'),
    },
  ],
  recommendations: [
    {
      message:
        "Add a second member to 'search': it was down for 43.7s at a time, and one more member would have answered throughout.",
      place: line(21, 'search'),
    },
    {
      message:
        "Let 'database' activate its standby in 1s instead of 5s: 24 requests found nothing healthy while it waited.",
      place: line(13, 'activation'),
    },
    {
      message:
        "Give 'external' a queue of 20: it was full for 6s and turned away 12 requests that it could have answered in time.",
      place: line(30, 'external'),
    },
    { message: 'Automate recovery: components take 44s to come back, and the promise leaves 18s.' },
  ],
  assumptions: [
    {
      text: "'search' has no failure rate; it fails only when a scenario says so.",
      place: line(21),
    },
    { text: "'payments' has no capacity limit.", place: line(41) },
    { text: 'Requests arrive at random (Poisson), 40 a second.', place: line(36) },
  ],
};

function component(
  id: string,
  group: string,
  at: number,
  status: Report['components'][number]['status'],
  failures: number,
  availability: number,
  mtbfHours: number | null,
  mttrMinutes: number | null,
  states: [atMs: number, state: Report['components'][number]['states'][number]['state']][],
): Report['components'][number] {
  return {
    id,
    group,
    place: line(at, id),
    status,
    failures,
    availability,
    mtbfHours,
    mttrMinutes,
    states: states.map(([atMs, state]) => ({ atMs, state })),
  };
}

function failuresBy(
  error: number,
  timeout: number,
  circuitOpen: number,
  poolExhausted: number,
  unavailable: number,
): Report['traffic']['failures'] {
  return {
    ...noFailures(),
    error,
    timeout,
    'circuit-open': circuitOpen,
    'pool-exhausted': poolExhausted,
    unavailable,
  };
}

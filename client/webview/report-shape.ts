/** What a report must look like for the page to draw it, field by field. */
import { SEVERITIES } from '../../core/model/finding.ts';
import {
  COMEBACK_VERDICTS,
  type ComebackVerdict,
  FAILURE_REASONS,
  type FailureReason,
  LIMIT_KINDS,
  type PartialRun,
  type Place,
  type Precision,
  type Report,
  type Violation,
  YEARS_EVIDENCE,
} from '../../core/report/report.ts';
import {
  type Guard,
  hasShape,
  isBoolean,
  isIndex,
  isListOf,
  isNumber,
  isOneOf,
  isRecordOf,
  isString,
  orMissing,
  orNull,
} from './shape.ts';

type Item<List extends readonly unknown[]> = List[number];
type Monitor = Report['monitor'];

const isNumberList = isListOf(isNumber);
const isStringList = isListOf(isString);
const isPosition = hasShape<Place['start']>({ line: isIndex, character: isIndex });
export const isPlace = hasShape<Place>({ file: isString, start: isPosition, end: isPosition });
const isEstimate = hasShape<Report['traffic']['requests']>({
  mean: isNumber,
  halfWidth: orNull(isNumber),
});
const isFailures = hasShape<Readonly<Record<FailureReason, number>>>(
  Object.fromEntries(FAILURE_REASONS.map((reason) => [reason, isNumber])) as Record<
    FailureReason,
    Guard<number>
  >,
);

const isSummary = hasShape<Monitor['summary']>({
  totalFailures: isNumber,
  totalRecoveries: isNumber,
  mtbfHours: orNull(isNumber),
  mttrMinutes: isNumber,
  availabilityPercent: isNumber,
  score: hasShape<Monitor['summary']['score']>({
    total: isNumber,
    availability: isNumber,
    recovery: isNumber,
    frequency: isNumber,
    diversity: isNumber,
  }),
});
const isPatterns = hasShape<Monitor['patterns']>({
  bySeverity: hasShape<Monitor['patterns']['bySeverity']>({
    low: isNumber,
    medium: isNumber,
    high: isNumber,
    critical: isNumber,
  }),
  byType: isRecordOf(isNumber),
  byHourOfDay: isNumberList,
  cascades: hasShape<Monitor['patterns']['cascades']>({
    count: isNumber,
    chains: isListOf(
      hasShape<Item<Monitor['patterns']['cascades']['chains']>>({
        startMs: isNumber,
        endMs: isNumber,
        components: isStringList,
      }),
    ),
  }),
});
/** The page reads these two parts of the monitor's report and no others. */
const isMonitor = hasShape<Pick<Monitor, 'summary' | 'patterns'>>({
  summary: isSummary,
  patterns: isPatterns,
}) as Guard<Monitor>;

const isComeback = hasShape<Item<Report['comebacks']>>({
  service: isString,
  after: isString,
  place: isPlace,
  status: isOneOf(...COMEBACK_VERDICTS),
  runs: hasShape<Readonly<Record<ComebackVerdict, number>>>({
    recovers: isNumber,
    'recovers-slowly': isNumber,
    unclear: isNumber,
    stuck: isNumber,
  }),
  stuckRatio: hasShape<Item<Report['comebacks']>['stuckRatio']>({
    lower: isNumber,
    upper: isNumber,
  }),
  backMs: orNull(isEstimate),
  goodputRatio: isEstimate,
  unclear: orNull(isString),
});
const isGroup = hasShape<Item<Report['groups']>>({
  name: isString,
  componentType: isString,
  place: isPlace,
  level: isOneOf('HIGH', 'MEDIUM', 'LOW'),
  minHealthy: isNumber,
  members: isNumber,
  lowestServing: isNumber,
  availability: isNumber,
  promotions: isNumber,
  longestOutageMs: isNumber,
  peakLoad: orNull(isNumber),
  lostWritesMs: isNumber,
  lostWrites: isNumber,
  mistakes: isNumber,
  detection: orNull(
    hasShape<NonNullable<Item<Report['groups']>['detection']>>({
      found: isNumber,
      slowestMs: isNumber,
      unnoticed: isNumber,
      weakenings: isNumber,
      refused: isNumber,
    }),
  ),
  failover: orNull(
    hasShape<NonNullable<Item<Report['groups']>['failover']>>({
      retries: isNumber,
      degraded: isNumber,
      restored: isNumber,
    }),
  ),
});
const isComponentState = isOneOf(
  'active',
  'standby',
  'activating',
  'degraded',
  'failed',
  'recovering',
);
const isComponent = hasShape<Item<Report['components']>>({
  id: isString,
  group: isString,
  place: isPlace,
  status: isComponentState,
  failures: isNumber,
  availability: isNumber,
  mtbfHours: orNull(isNumber),
  mttrMinutes: orNull(isNumber),
  states: isListOf(
    hasShape<Item<Item<Report['components']>['states']>>({
      atMs: isNumber,
      state: isComponentState,
    }),
  ),
});
const isService = hasShape<Item<Report['services']>>({
  name: isString,
  place: isPlace,
  requests: isNumber,
  succeeded: isNumber,
  degraded: isNumber,
  failures: isFailures,
  latencyMs: hasShape<Item<Report['services']>['latencyMs']>({ p50: isNumber, p99: isNumber }),
});
const isPool = hasShape<Item<Report['pools']>>({
  name: isString,
  place: isPlace,
  size: isNumber,
  requests: isNumber,
  admitted: isNumber,
  rejected: isNumber,
  timeouts: isNumber,
  peakInUse: isNumber,
  meanUtilisation: isNumber,
  inUse: isNumberList,
  services: isStringList,
});
const isBreaker = hasShape<Item<Report['breakers']>>({
  name: isString,
  usedBy: isStringList,
  place: isPlace,
  opened: isNumber,
  rejected: isNumber,
  successRatePercent: isNumber,
  averageResponseMs: isNumber,
  states: isListOf(
    hasShape<Item<Item<Report['breakers']>['states']>>({
      atMs: isNumber,
      state: isOneOf('closed', 'open', 'half-open', 'isolated'),
    }),
  ),
});
const isLimit = hasShape<Item<Report['limits']>>({
  name: isString,
  kind: isOneOf(...LIMIT_KINDS),
  place: isPlace,
  usedBy: isStringList,
  limit: isNumber,
  lowestLimit: isNumber,
  peak: orNull(isNumber),
  admitted: isNumber,
  waited: isNumber,
  rejected: isNumber,
});
const isCall = hasShape<Item<Report['calls']>>({
  from: isString,
  to: isString,
  place: isPlace,
  made: isNumber,
  sent: isNumber,
  retries: isNumber,
  copies: isNumber,
  freshAnswers: isNumber,
  staleAnswers: isNumber,
  fallbackAnswers: isNumber,
});
const isTimeline = hasShape<Report['timeline']>({
  bucketMs: isNumber,
  arrived: isNumberList,
  succeeded: isNumberList,
  degraded: isNumberList,
  failed: isNumberList,
  retries: isNumberList,
  events: isListOf(
    hasShape<Item<Report['timeline']['events']>>({
      atMs: isNumber,
      kind: isOneOf('fault', 'repair', 'promotion', 'breaker'),
      text: isString,
      place: orMissing(isPlace),
    }),
  ),
  omittedEvents: isNumber,
});

const isYearsResult = hasShape<Item<NonNullable<Report['years']>['groups']>>({
  name: isString,
  place: isPlace,
  evidence: isOneOf(...YEARS_EVIDENCE),
  availability: isEstimate,
  outagesPerYear: isNumber,
  downtimePerYearMs: isNumber,
  longestOutageMs: isNumber,
  causes: isListOf(
    hasShape<Item<Item<NonNullable<Report['years']>['groups']>['causes']>>({
      text: isString,
      share: isNumber,
    }),
  ),
  failoversPerYear: isNumber,
  lost: orNull(
    hasShape<NonNullable<Item<NonNullable<Report['years']>['groups']>['lost']>>({
      failoversPerYear: isNumber,
      msPerYear: isNumber,
      writesPerYear: isNumber,
    }),
  ),
});
const isYears = hasShape<NonNullable<Report['years']>>({
  years: isNumber,
  runs: isNumber,
  groups: isListOf(isYearsResult),
  services: isListOf(isYearsResult),
});

export const isReport = hasShape<Report>({
  format: isOneOf('faultline-report'),
  version: isOneOf(1),
  system: isString,
  file: isString,
  scenario: orNull(
    hasShape<NonNullable<Report['scenario']>>({
      name: isString,
      description: orMissing(isString),
      place: isPlace,
    }),
  ),
  scenarios: isStringList,
  seed: isNumber,
  durationMs: isNumber,
  replications: isNumber,
  precision: orNull(hasShape<Precision>({ asked: isNumber, reached: orNull(isNumber) })),
  partial: orNull(hasShape<PartialRun>({ planned: isNumber, isCut: isBoolean })),
  verdict: isString,
  objectives: isListOf(
    hasShape<Item<Report['objectives']>>({
      name: isString,
      origin: isOneOf('objective', 'expectation'),
      target: isString,
      achieved: isString,
      status: isOneOf('met', 'missed', 'unclear'),
      violation: orNull(hasShape<Violation>({ replication: isNumber, atMs: isNumber })),
      place: isPlace,
    }),
  ),
  comebacks: isListOf(isComeback),
  traffic: hasShape<Report['traffic']>({
    requests: isEstimate,
    successRatio: isEstimate,
    degradedRatio: isEstimate,
    latencyMs: hasShape<Report['traffic']['latencyMs']>({
      p50: isEstimate,
      p95: isEstimate,
      p99: isEstimate,
    }),
    failures: isFailures,
    amplification: isEstimate,
  }),
  monitor: isMonitor,
  groups: isListOf(isGroup),
  components: isListOf(isComponent),
  services: isListOf(isService),
  pools: isListOf(isPool),
  breakers: isListOf(isBreaker),
  limits: isListOf(isLimit),
  calls: isListOf(isCall),
  timeline: isTimeline,
  years: orNull(isYears),
  findings: isListOf(
    hasShape<Item<Report['findings']>>({
      ruleId: isString,
      severity: isOneOf(...SEVERITIES),
      message: isString,
      place: isPlace,
    }),
  ),
  recommendations: isListOf(
    hasShape<Item<Report['recommendations']>>({ message: isString, place: orMissing(isPlace) }),
  ),
  assumptions: isListOf(hasShape<Item<Report['assumptions']>>({ text: isString, place: isPlace })),
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as analysis from './index.ts';

const ordinary = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 30 }),
  fc.constantFrom(0, 1, 1e-50, 1e50, 1_000_000, Number.EPSILON, 1 - Number.EPSILON),
);
/** As they come out of a broken config. */
const broken = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, -1, 1e-300, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
);
const anyNumber = fc.oneof({ weight: 19, arbitrary: ordinary }, { weight: 1, arbitrary: broken });

type Formula = (...numbers: number[]) => unknown;

/** Those that take nothing but numbers, and the others by what makes their arguments of numbers. */
const FORMULAS: Readonly<Record<string, Formula>> = {
  Times: (a = 0, b = 0, c = 0, d = 0, e = 0) => {
    const { constant, exponential, firstOf, lognormal, uniform } = analysis.Times;
    const sum = constant(a).plus(exponential(b)).plus(lognormal(c, d));
    const { meanMs, total } = firstOf([sum.or(uniform(a, e).part(e)), constant(d)]).within(c);
    return { meanMs, total, some: uniform(a, b).quantileMs(e) };
  },
  ...Object.fromEntries(
    [
      analysis.advertisedCapacity,
      analysis.amplificationWithActiveBudget,
      analysis.amplificationWithBudget,
      analysis.availableFor,
      analysis.breakerRecovery,
      analysis.breakerStateShares,
      analysis.callsInWindow,
      analysis.closeProbability,
      analysis.consecutiveCallsToOpen,
      analysis.dataLossMs,
      analysis.deadlockFreePoolSize,
      analysis.detectionMs,
      analysis.downtimeMs,
      analysis.erlangB,
      analysis.erlangC,
      analysis.expectedAttempts,
      analysis.exponentialSlower,
      analysis.failureBalance,
      analysis.failuresToOpen,
      analysis.failuresTolerated,
      analysis.finiteQueue,
      analysis.fullQueueWaitMs,
      analysis.kOutOfN,
      analysis.kOutOfNRareEvent,
      analysis.largestSafeBudget,
      analysis.leakyCallsToOpen,
      analysis.lognormalSlower,
      analysis.longestUsefulQueue,
      analysis.lostToTakeovers,
      analysis.majority,
      analysis.meanWaitMs,
      analysis.membersForAvailability,
      analysis.membersForPeak,
      analysis.nines,
      analysis.observedMean,
      analysis.observedMtbf,
      analysis.outagesWithinBudget,
      analysis.poolForEachCaller,
      analysis.primaryWrites,
      analysis.queueTipping,
      analysis.quorumGuarantees,
      analysis.rejectedByHanging,
      analysis.requestsInProgress,
      analysis.retryShutoff,
      analysis.retryStorm,
      analysis.retrySuccess,
      analysis.safeUtilisation,
      analysis.slotsForBlocking,
      analysis.slotsForWaiting,
      analysis.steadyState,
      analysis.throughputCeiling,
      analysis.timeToOpenMs,
      analysis.tokenBucketRejected,
      analysis.trialsAtOnce,
      analysis.unrepairedColdMttfMs,
      analysis.unrepairedMttfMs,
      analysis.usefulConnections,
      analysis.utilisationAfterLoss,
      analysis.waitingForFixedService,
      analysis.waitingLongerThan,
      analysis.weibullMeanWithin,
      analysis.weibullSlower,
      analysis.windowTripProbability,
      analysis.withCommonCause,
      analysis.withFallback,
    ].map((formula: unknown) => [(formula as Formula).name, formula as Formula]),
  ),
  acrossDomains: (needed = 0, members = 0, zone = 0, a = 0, more = 0) =>
    analysis.acrossDomains(
      needed,
      [
        { members, availability: zone },
        { members: more, availability: a },
      ],
      a,
    ),
  attemptsThatFit: (a, b, c, d, e = 0, f = 0) =>
    analysis.attemptsThatFit(schedule(a, b, c, d), e, f),
  domainLossesSurvived: (needed = 0, a = 0, b = 0) => analysis.domainLossesSurvived(needed, [a, b]),
  failover: (mttfMs = 0, mttrMs = 0, takeoverMs = 0, coverage = 0, manualRecoveryMs = 0) =>
    analysis.failover({ mttfMs, mttrMs, takeoverMs, coverage, manualRecoveryMs }),
  hedgedRequests: (...slower) => analysis.hedgedRequests(slower),
  hedgedSlower: (...slower) => analysis.hedgedSlower(slower),
  kOutOfUnequal: (needed = 0, ...availabilities) => analysis.kOutOfUnequal(needed, availabilities),
  layeredAmplification: (p = 0, a = 0, b = 0) => analysis.layeredAmplification(p, [a, b]),
  longestTimeoutMs: (a, b, c, d, e = 0) => analysis.longestTimeoutMs(schedule(a, b, c, d), e),
  parallel: (...availabilities) => analysis.parallel(availabilities),
  recoveryTime: (detectMs = 0, decideMs = 0, activateMs = 0, warmUpMs = 0, redirectMs = 0) =>
    analysis.recoveryTime({ detectMs, decideMs, activateMs, warmUpMs, redirectMs }),
  repairableGroup: (a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0) =>
    analysis.repairableGroup({
      needed: a,
      active: a + b,
      standby: c - 1,
      mttfMs: d,
      mttrMs: e,
      repairers: f,
      standbyFailureFactor: g,
    }),
  series: (...availabilities) => analysis.series(availabilities),
  totalBackoffMs: (a, b, c, d) => analysis.totalBackoffMs(schedule(a, b, c, d)),
  worstRetryMs: (a, b, c, d, e = 0) => analysis.worstRetryMs(schedule(a, b, c, d), e),
};

function schedule(attempts = 0, initialMs = 0, factor = 0, maxMs = 0): analysis.RetrySchedule {
  return { attempts, initialMs, factor, maxMs };
}

/** Those whose docstring says when they are infinite. */
const MAY_BE_INFINITE = [
  'advertisedCapacity',
  'consecutiveCallsToOpen',
  'layeredAmplification',
  'leakyCallsToOpen',
  'meanWaitMs',
  'nines',
  'observedMtbf',
  'repairableGroup',
  'Times',
];

/** Those about graphs and systems have tests of their own with systems of every kind. */
const ABOUT_SYSTEMS = [
  'amplification',
  'availabilityCeiling',
  'bottlenecks',
  'callsOf',
  'cyclesOf',
  'dependencyPath',
  'lostWith',
  'minimalCutSets',
  'singlePointsOfFailure',
  'solveSystem',
  'steepestPath',
  'structureOf',
];

describe('no number, however wrong, makes', () => {
  it.each(Object.entries(FORMULAS))('%s throw, or answer what is not a number', (name, formula) => {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 7, maxLength: 7 }), (numbers) => {
        const found = formula(...numbers);
        const parts = typeof found === 'object' ? Object.values(found ?? {}) : [found];
        for (const part of parts) {
          expect(part).not.toBeNaN();
          if (typeof part !== 'number') continue;
          expect(part).toBeGreaterThanOrEqual(name === 'domainLossesSurvived' ? -1 : 0);
          if (!MAY_BE_INFINITE.includes(name)) expect(part).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('and no formula is left out', () => {
    const functions = Object.entries(analysis).filter(([, one]) => typeof one === 'function');
    const tested = [...Object.keys(FORMULAS), ...ABOUT_SYSTEMS];
    expect(functions.map(([name]) => name).sort()).toEqual(tested.sort());
  });
});

import { describe, expect, it } from 'vitest';
import cases from './fixtures/closed-forms.json' with { type: 'json' };
import {
  acrossDomains,
  availabilityCeiling,
  breakerRecovery,
  breakerStateShares,
  erlangB,
  erlangC,
  expectedAttempts,
  failover,
  finiteQueue,
  kOutOfN,
  kOutOfNRareEvent,
  layeredAmplification,
  meanWaitMs,
  repairableGroup,
  retryStorm,
  retrySuccess,
  structureOf,
  windowTripProbability,
  worstRetryMs,
} from './index.ts';

type Cases = typeof cases;
type Given<Group extends keyof Cases> = Cases[Group][number]['given'];
type Found = Readonly<Record<string, number | boolean | undefined>>;

const HOUR_MS = 3_600_000;

/**
 * Each formula beside the names under which the fixture knows its numbers. Where all times of a
 * formula have one unit, seconds go through it as well as milliseconds do.
 */
const FORMULAS: { readonly [Group in keyof Cases]: (given: Given<Group>) => Found } = {
  kOutOfN: ({ needed, members, availability }) => ({
    up: kOutOfN(needed, members, availability)?.up,
    rareEvent: kOutOfNRareEvent(needed, members, availability)?.up,
  }),
  repairableGroup: ({ failuresPerHour, repairsPerHour, ...rest }) => {
    const mttfMs = HOUR_MS / failuresPerHour;
    const found = repairableGroup({ ...rest, mttfMs, mttrMs: HOUR_MS / repairsPerHour });
    return {
      up: found?.up,
      down: found?.down,
      outagesPerHour: 3600 * (found?.outagesPerSecond ?? Number.NaN),
      mttfHours: (found?.mttfMs ?? Number.NaN) / HOUR_MS,
      meanOutageHours: (found?.meanOutageMs ?? Number.NaN) / HOUR_MS,
    };
  },
  failover: (given) => ({ up: pair({ ...given, coverage: 1, manualRecoveryHours: 0 })?.up }),
  failoverWithCoverage: (given) => ({ up: pair(given)?.up }),
  acrossDomains: ({ domains, membersInEach, needed, domainAvailability, memberAvailability }) => {
    const domain = { members: membersInEach, availability: domainAvailability };
    const all = Array.from({ length: domains }, () => domain);
    return { up: acrossDomains(needed, all, memberAvailability)?.up };
  },
  bridgeOfEquals: ({ availability }) => ({ up: bridge(Array(5).fill(availability)) }),
  bridge: ({ availabilities }) => ({ up: bridge(availabilities) }),
  erlang: ({ slots, ratePerSecond, durationSeconds }) => {
    const offered = ratePerSecond * durationSeconds;
    return {
      blocking: erlangB(slots, offered),
      waiting: erlangC(slots, offered),
      meanWaitSeconds: meanWaitMs(slots, offered, durationSeconds),
    };
  },
  finiteQueue: ({ slots, queue, ratePerSecond, durationSeconds }) => {
    const found = finiteQueue(slots, queue, ratePerSecond * durationSeconds, durationSeconds);
    return { blocking: found?.blocking, meanWaitSeconds: found?.meanWaitMs };
  },
  retriedCall: ({ failure, attempts }) => ({
    expectedAttempts: expectedAttempts(failure, attempts),
    success: retrySuccess(failure, attempts, 0),
  }),
  retriedLayers: ({ failure, attempts }) => ({
    amplification: layeredAmplification(failure, attempts),
  }),
  worstRetryTime: ({ attempts, timeoutSeconds, initialSeconds, factor }) => {
    const schedule = { attempts, initialMs: initialSeconds, factor, maxMs: 1e9 };
    return { totalSeconds: worstRetryMs(schedule, timeoutSeconds) };
  },
  retryStorm: ({ load, capacity, attempts }) => {
    const found = retryStorm(load, capacity, attempts);
    return {
      sustained: found?.sustainedPerSecond,
      hiddenCapacity: found?.hiddenCapacityPerSecond,
      vulnerable: found?.region === 'vulnerable',
    };
  },
  breakerTrip: ({ calls, failureRate, errorRate }) => ({
    probability: windowTripProbability(calls, failureRate, errorRate),
  }),
  breakerRecovery: ({ openSeconds, outageSeconds }) => {
    const found = breakerRecovery(openSeconds, outageSeconds);
    return { rounds: found?.rounds, cutOffSeconds: found?.outageMs, lagSeconds: found?.lagMs };
  },
  breakerStates: ({ closedSeconds, openSeconds, halfOpenSeconds, closing }) => {
    return { ...breakerStateShares(closedSeconds, openSeconds, halfOpenSeconds, closing) };
  },
};

function pair(given: Given<'failoverWithCoverage'>) {
  return failover({
    mttfMs: HOUR_MS / given.failuresPerHour,
    mttrMs: HOUR_MS / given.repairsPerHour,
    takeoverMs: HOUR_MS * given.takeoverHours,
    coverage: given.coverage,
    manualRecoveryMs: HOUR_MS * given.manualRecoveryHours,
  });
}

/** 1 and 2 leave the source, 3 and 4 reach the sink, and 5 joins 1|3 and 2|4 both ways. */
function bridge(availabilities: readonly number[]): number | undefined {
  const paths = { upper: '13', lower: '24', down: '154', up: '253' };
  const ceiling = availabilityCeiling(
    structureOf({
      nodes: [
        { id: 'sink', availability: 1, needs: [{ atLeast: 1, of: Object.keys(paths) }] },
        ...Object.entries(paths).map(([id, parts]) => {
          return { id, availability: 1, needs: [{ atLeast: parts.length, of: [...parts] }] };
        }),
        ...availabilities.map((availability, i) => ({ id: `${i + 1}`, availability, needs: [] })),
      ],
    }),
    'sink',
  );
  return ceiling?.kind === 'exact' ? ceiling.up : undefined;
}

describe.each(Object.keys(cases) as (keyof Cases)[])('the closed form %s', (group) => {
  const formula = FORMULAS[group] as (given: unknown) => Found;
  const known: readonly { given: unknown; expected: Found }[] = cases[group];

  it.each(known)('of $given', ({ given, expected }) => {
    const found = formula(given);
    // All that the fixture knows, and nothing that it does not.
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value !== 'number') expect(found[name], name).toBe(value);
      else expect(Math.abs(Number(found[name]) / value - 1), name).toBeLessThan(1e-9);
    }
  });
});

it('every group of the fixture has cases and a formula', () => {
  expect(Object.keys(FORMULAS).sort()).toEqual(Object.keys(cases).sort());
  for (const [group, { length }] of Object.entries(cases)) expect(length, group).toBeGreaterThan(0);
});

import type { Scenario } from '../model/model.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { ReplicationSummary } from './replication.ts';

/** With fewer replications an interval says too little about itself to stop by it. */
export const FEWEST_FOR_PRECISION = 5;
/** Each look comes after so many times as many replications as the one before. */
const GROWTH = 1.5;

/**
 * The largest half-width of the 95 % intervals that matter, as a share of their means: those of the
 * numbers that the scenario expects something of, else of the share of requests that are answered
 * and of the 99th percentile of latency, else of the time that every group is up. Null where there
 * is nothing to tell it by.
 */
export function widestInterval(
  replications: readonly ReplicationSummary[],
  scenario: Scenario | undefined,
): number | null {
  const expected = (scenario?.expect ?? [])
    .map((_, index) => replications.map(({ expectations }) => expectations[index]?.value ?? null))
    .map(spreadOf);
  const known = (spreads: readonly (number | null)[]) => spreads.filter((one) => one !== null);
  const found = [
    known(expected),
    known([
      spreadOf(replications.map(answeredShare)),
      spreadOf(replications.map(({ latencyMs }) => latencyMs?.p99 ?? null)),
    ]),
    known([spreadOf(replications.map(({ systemAvailability }) => systemAvailability))]),
  ].find((spreads) => spreads.length > 0);
  return found ? Math.max(...found) : null;
}

/** After how many replications to look next: at points that depend on nothing but the last one. */
export function nextLook(replications: number): number {
  return Math.ceil(replications * GROWTH);
}

function spreadOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < 2 ? null : relative(estimate(known));
}

function relative({ halfWidth, mean }: Estimate): number | null {
  if (halfWidth === null) return null;
  return halfWidth === 0 ? 0 : halfWidth / Math.abs(mean);
}

function answeredShare(run: ReplicationSummary): number | null {
  const ended = run.arrived - run.unanswered;
  return ended > 0 ? (run.succeeded + run.degraded) / ended : null;
}

import { defaultAside, defaultNote } from '../../../model/source.ts';
import { plural } from '../../../text/words.ts';
import { formatRoughly } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import {
  type DaprBreaker,
  type DaprRetry,
  FIRST_WAIT_MS,
  type Target,
  WAIT_FACTOR,
  WAIT_SPREAD,
} from '../resource.ts';
import { attemptsOf, type DaprWhole, textOfAll, type Use } from '../whole.ts';

/** The first waits decide; no threshold is as high. */
const MOST_TRIES = 1_000;

export const daprOneRequestOpensBreaker: FormatRule<DaprWhole> = {
  id: 'dapr-one-request-opens-breaker',
  title: 'A single failing request opens a breaker for all',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'one-request-opens-breaker',
  documentation: `
Dapr's retries are around the circuit breaker, so each try counts. A request that fails for a reason of
its own, tried often enough while no other one succeeds, opens the breaker for everybody else.

**Fires when** the tries of one request that fall into one \`interval\` (all of them, at an interval of 0)
are as many failures as \`trip\` opens at.

**Fix** Raise the threshold above the tries of one request, or make fewer retries.

**Source** dapr/dapr, \`pkg/resiliency/policy.go\`: the order of the policies.
`,
  *check({ uses }) {
    for (const [breaker, own] of openedByOne(uses)) {
      const [fastest] = own.toSorted((a, b) => a.afterMs - b.afterMs);
      if (!fastest) continue;
      const { afterMs, failures, retry } = fastest;
      const targets = [fastest, ...own.filter((one) => one !== fastest)].map(
        ({ target }) => target,
      );
      yield {
        subject: `breaker ${breaker.at.file} ${breaker.name}`,
        message: `One ${fastest.target.kind === 'inbound' ? 'delivery' : 'request'} ${textOfAll(targets)} that keeps failing can open breaker '${breaker.name}' for all in ${afterMs === 0 ? 'no time' : formatRoughly(afterMs)}, unless another one succeeds meanwhile: ${triesText(retry)}, each of them counts, and ${plural(failures, 'failure')} open it${defaultNote(breaker.tripText)}. Raise the threshold in trip, or make fewer retries.`,
        at: breaker.tripText.source.at,
        related: [{ message: `The retries of '${retry.name}'.`, at: retry.maxRetries.source.at }],
      };
    }
  },
};

interface OpenedByOne {
  readonly target: Target;
  readonly retry: DaprRetry;
  readonly failures: number;
  /** How long the tries take at least, if each fails at once. */
  readonly afterMs: number;
}

/** The breakers that one request opens, with the targets at which it does. */
function openedByOne(uses: readonly Use[]): ReadonlyMap<DaprBreaker, readonly OpenedByOne[]> {
  const opened = new Map<DaprBreaker, OpenedByOne[]>();
  for (const { breaker, retry, target } of uses) {
    const opensAfter = breaker?.trip.opensAfter;
    if (!breaker || !retry || !opensAfter || breaker.unclear || retry.unclear) continue;
    const { failures } = opensAfter;
    if (failures < 2 || attemptsOf(retry).value < failures) continue;
    const afterMs = shortestMs(retry, failures - 1);
    const intervalMs = breaker.intervalMs.value;
    if (afterMs === undefined || (intervalMs > 0 && afterMs >= intervalMs)) continue;
    const known = opened.get(breaker) ?? [];
    opened.set(breaker, [...known, { target, retry, failures, afterMs }]);
  }
  return opened;
}

function triesText(retry: DaprRetry): string {
  const { maxRetries } = retry;
  const attempts = attemptsOf(retry);
  const note = `maxRetries ${maxRetries.value}${defaultAside(maxRetries)}`;
  if (!Number.isFinite(attempts.value)) return `it is tried without end (${note})`;
  return `it is tried ${attempts.value} times (${note})`;
}

/** The shortest that so many waits can be together, ms; none for more than anybody counts. */
function shortestMs(retry: DaprRetry, waits: number): number | undefined {
  if (waits > MOST_TRIES) return undefined;
  if (retry.policy.value === 'constant') return waits * retry.durationMs.value;
  let sumMs = 0;
  let waitMs = FIRST_WAIT_MS;
  for (let wait = 0; wait < waits; wait++) {
    sumMs += Math.min(waitMs, retry.maxIntervalMs.value) * (1 - WAIT_SPREAD);
    waitMs *= WAIT_FACTOR;
  }
  return sumMs;
}

import { defaultNote } from '../../../model/source.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { attemptsOf, retryWaits, tripOf, type Waits } from '../policies.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

/** More tries than any breaker needs. */
const MOST_TRIES = 1_000;

export const resilience4jOneRequestOpensBreaker: FormatRule<SpringWhole> = {
  id: 'resilience4j-one-request-opens-breaker',
  title: 'A single failing request opens a breaker for all',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'one-request-opens-breaker',
  documentation: `
In Spring the retry is around the circuit breaker unless the order of the aspects is changed, so each try
counts. A request that fails for a reason of its own, tried as often as the breaker needs calls to judge,
opens it for everybody else.

**Fires when** a retry and a circuit breaker have the same name, and \`maxAttempts\` is at least
\`minimumNumberOfCalls\` (or the size of a window of calls, if that is smaller). If one of the aspect
orders is written, nothing is said.

**Fix** Raise \`minimumNumberOfCalls\` well above \`maxAttempts\`.

**Source** resilience4j documentation, "Getting Started with resilience4j-spring-boot3": aspect order.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      if (policies.isReordered) return;
      for (const chain of chainsOf(policies, 'circuitbreaker')) {
        const { own } = chain;
        const retry = policies.modules.get('retry')?.instances.get(own.name);
        const attempts = retry && attemptsOf(retry);
        const trip = tripOf(chain);
        if (!retry || !attempts || !trip || trip.neededCalls < 2) continue;
        const { isTimed, minimumCalls, neededCalls, windowSize } = trip;
        if (attempts.value < neededCalls || neededCalls > MOST_TRIES) continue;
        const waits = retryWaits(retry);
        if (isTimed && (!waits || shortestMs(waits, neededCalls - 1) >= windowSize.value * 1_000)) {
          continue;
        }
        const isCut = neededCalls < minimumCalls.value;
        const needs = isCut ? windowSize : minimumCalls;
        yield {
          subject: `breaker ${own.name} ${placeOf(needs.source.at)}`,
          message: `One request that keeps failing opens circuit breaker '${own.name}' for all, if no other succeeds meanwhile: it is tried ${attempts.value} times${defaultNote(attempts)}, each of them counts, and the breaker judges after ${plural(neededCalls, 'call')}${defaultNote(needs)}. Raise ${own.spell(isCut ? 'slidingWindowSize' : 'minimumNumberOfCalls')} well above ${attempts.value}.`,
          at: needs.source.at,
          related: [{ message: `The retry '${own.name}'.`, at: attempts.source.at }],
        };
      }
    }),
};

/** The shortest that so many waits can be together. */
function shortestMs({ factor, initialMs, isRandom, maxMs, spread }: Waits, waits: number): number {
  let sumMs = 0;
  let waitMs = initialMs.value;
  for (let wait = 0; wait < waits; wait++) {
    sumMs += Math.min(waitMs, maxMs?.value ?? waitMs) * (isRandom ? 1 - spread.value : 1);
    waitMs *= factor.value;
  }
  return sumMs;
}

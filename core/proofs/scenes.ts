import { durationText } from '../convert/index.ts';
import { breakerPart } from '../convert/policies.ts';
import type { Provable } from '../rules/index.ts';
import { formatDuration } from '../time/index.ts';
import { CALLER_MS, type Scene } from './scene.ts';
import type { Site } from './site.ts';
import { MOST_TRIES, retryValue, steadyRetry, waitedMs } from './waits.ts';

/** A scene as the config is, and with what the finding asks for. */
export interface Scenes {
  readonly asIs: Scene;
  readonly mended: Scene;
  /** What was changed for it. */
  readonly change: string;
}

/** Nothing where the numbers of this call do not show the defect. */
export const SCENES: Readonly<Record<Provable, (site: Site) => Scenes | undefined>> = {
  'breaker-blind-to-hangs': blindToHangs,
  'attempts-do-not-fit': attemptsDoNotFit,
  'one-request-opens-breaker': oneRequestOpens,
};

function blindToHangs(site: Site): Scenes | undefined {
  const { breaker, call } = site;
  const timeoutMs = (call.timeoutMs ?? call.deadlineMs)?.value;
  if (!breaker || !timeoutMs) return undefined;
  const { trip } = breaker;
  const name = breaker.name;
  const timeout = text(timeoutMs);
  const scene = {
    ...named(site),
    scenario: `everything hangs: does '${name}' open?`,
    call: { timeout, circuitBreaker: name },
    latency: '0s',
  };
  if ('failureThreshold' in trip) {
    const intervalMs = breaker.resetIntervalMs?.value ?? Number.POSITIVE_INFINITY;
    if (timeoutMs < intervalMs) return undefined;
    const failures = trip.failureThreshold.value;
    const perSecond = Math.max(1, Math.ceil((1_000 * failures) / timeoutMs));
    const play = {
      faults: [{ at: '0s', hang: scene.callee }],
      traffic: { [scene.caller]: { rate: `${perSecond}/s`, arrivals: 'constant' } },
      expect: { breakerOpens: '>= 1' },
    };
    const written = breakerPart(breaker).value;
    const longer = text(4 * timeoutMs);
    const asIs: Scene = {
      ...scene,
      description: `Each call ends after ${formatDuration(timeoutMs)}, as a failure that breaker '${name}' forgot before: every ${formatDuration(intervalMs)} it counts anew.`,
      policies: { circuitBreakers: { [name]: written } },
      play,
      durationText: text(5 * timeoutMs),
    };
    const mended = { circuitBreakers: { [name]: { ...written, resetInterval: longer } } };
    return {
      asIs,
      mended: { ...asIs, policies: mended },
      change: `resetInterval: ${longer}`,
    };
  }
  if (trip.kind !== 'time-window') return undefined;
  const least = trip.minimumCalls.value;
  // One round of all callers fits into the window, and is one call too few.
  if (trip.windowMs.value > timeoutMs || least < 2) return undefined;
  const callers = least - 1;
  const written = breakerPart(breaker).value;
  const longer = text(2 * timeoutMs);
  const asIs: Scene = {
    ...scene,
    description: `While everything hangs, ${callers === 1 ? 'a caller' : `${callers} callers`} that ${callers === 1 ? 'waits' : 'wait'} ${formatDuration(timeoutMs)} each time never ${callers === 1 ? 'gives' : 'give'} breaker '${name}' ${least} results within ${formatDuration(trip.windowMs.value)}.`,
    policies: { circuitBreakers: { [name]: written } },
    play: {
      faults: [{ at: '0s', hang: scene.callee }],
      load: { requests: 5 * callers, callers, services: [scene.caller] },
      expect: { breakerOpens: '>= 1' },
    },
    durationText: text(6 * timeoutMs),
  };
  const mended = { circuitBreakers: { [name]: { ...written, window: longer } } };
  return { asIs, mended: { ...asIs, policies: mended }, change: `window: ${longer}` };
}

/**
 * The callee hangs for all tries but the last one, which it answers just within the timeout. Waits are
 * as long as they can be: shorter ones fit as little, as the rule has reckoned.
 */
function attemptsDoNotFit(site: Site): Scenes | undefined {
  const { call, limitMs, retry } = site;
  if (!retry || !limitMs || !call.timeoutMs) return undefined;
  const timeoutMs = call.timeoutMs.value;
  const steady = steadyRetry(retry, 'longest');
  const { attempts } = steady;
  if (attempts < 2 || attempts > MOST_TRIES || timeoutMs >= limitMs.value) return undefined;
  const lastAtMs = (attempts - 1) * timeoutMs + waitedMs(steady, attempts - 1);
  const wholeMs = lastAtMs + timeoutMs;
  if (wholeMs <= limitMs.value) return undefined;
  const spareMs = Math.min(timeoutMs / 10, (wholeMs - limitMs.value) / 4);
  const asIs: Scene = {
    ...named(site),
    scenario: `only try ${attempts} would be answered`,
    description: `The callee hangs until the last of ${attempts} tries, which would be answered after ${formatDuration(wholeMs - 2 * spareMs)}; but there are only ${formatDuration(limitMs.value)}.`,
    policies: { retries: { [retry.name]: retryValue(steady) } },
    call: { timeout: text(timeoutMs), deadline: text(limitMs.value), retry: retry.name },
    latency: text(timeoutMs - 2 * spareMs),
    play: {
      faults: [
        { at: '0s', for: text(lastAtMs + CALLER_MS + spareMs / 2), hang: named(site).callee },
      ],
      load: { requests: 1, callers: 1, services: [named(site).caller] },
      expect: { droppedRequests: '<= 0' },
    },
    durationText: text(2 * wholeMs),
  };
  const deadline = text(wholeMs);
  return {
    asIs,
    mended: { ...asIs, call: { ...asIs.call, deadline } },
    change: `deadline: ${deadline}`,
  };
}

function oneRequestOpens(site: Site): Scenes | undefined {
  const { breaker, retry } = site;
  if (!breaker || !retry) return undefined;
  const { trip } = breaker;
  const failures =
    'failureThreshold' in trip ? trip.failureThreshold.value : trip.minimumCalls.value;
  // Waits as short as they can be are those with which it may happen.
  const steady = steadyRetry(retry, 'shortest');
  if (failures > MOST_TRIES || steady.attempts < Math.max(2, failures)) return undefined;
  const isCounter = 'failureThreshold' in trip && steady.attempts <= MOST_TRIES;
  if (!isCounter && failures < 2) return undefined;
  const { name } = breaker;
  const wholeMs = waitedMs(steady, Math.min(steady.attempts, MOST_TRIES) - 1);
  const scene: Scene = {
    ...named(site),
    scenario: 'a single request fails',
    description: `One request is tried again until it has failed ${failures} times, which opens breaker '${name}' for all others.`,
    policies: {
      circuitBreakers: { [name]: breakerPart(breaker).value },
      retries: { [retry.name]: retryValue(steady) },
    },
    call: { retry: retry.name, circuitBreaker: name },
    latency: '0s',
    play: {
      faults: [{ at: '0s', degrade: named(site).callee, errorRate: '100%' }],
      load: { requests: 1, callers: 1, services: [named(site).caller] },
      expect: { breakerOpens: '<= 0' },
    },
    durationText: text(Math.max(1_000, Math.min(2 * wholeMs, 24 * 3_600_000))),
  };
  if (isCounter) {
    const failureThreshold = steady.attempts + 1;
    const circuitBreakers = { [name]: { ...breakerPart(breaker).value, failureThreshold } };
    return {
      asIs: scene,
      mended: { ...scene, policies: { ...scene.policies, circuitBreakers } },
      change: `failureThreshold: ${failureThreshold}`,
    };
  }
  const fewer = { ...steady, attempts: failures - 1 };
  const mended = { ...scene.policies, retries: { [retry.name]: retryValue(fewer) } };
  return {
    asIs: scene,
    mended: { ...scene, policies: mended },
    change: `attempts: ${failures - 1}`,
  };
}

function named({ call, caller }: Site): { readonly caller: string; readonly callee: string } {
  const callee = call.to.value;
  return { callee, caller: caller.name === callee ? `callers of ${callee}` : caller.name };
}

/** In whole microseconds: nothing that is shown hangs on less. */
function text(ms: number): string {
  return durationText(Math.round(ms * 1_000) / 1_000) ?? '0s';
}

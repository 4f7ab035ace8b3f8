import type { Finding } from '../model/finding.ts';
import type { BreakerPolicy, Call, Model, RetryPolicy, Service } from '../model/model.ts';
import type { Sourced, SourceRange } from '../model/source.ts';

/** A call with the policies that a defect is about, whether or not all of them can be read. */
export interface Site {
  readonly caller: Service;
  readonly call: Call;
  readonly retry: RetryPolicy | undefined;
  readonly breaker: BreakerPolicy | undefined;
  /** For all tries together: the call's own, or what somebody who waits for the caller allows. */
  readonly limitMs: Sourced<number> | undefined;
}

/** The calls that a finding may be about, those first to which most of its places belong. */
export function sitesOf(model: Model, { at, related }: Finding): readonly Site[] {
  const places = [at, ...related.map((one) => one.at)];
  return [...model.services.values()]
    .flatMap((caller) => caller.calls.map((call) => siteOf(model, caller, call, places)))
    .map((site) => ({ site, hits: places.filter((place) => isOf(site, place)).length }))
    .filter(({ site }) => isOf(site, at))
    .sort((a, b) => b.hits - a.hits)
    .map(({ site }) => site);
}

function siteOf(
  { breakers, retries, services }: Model,
  caller: Service,
  call: Call,
  places: readonly SourceRange[],
): Site {
  const waiting = [...services.values()]
    .flatMap(({ calls }) => calls)
    .flatMap(({ deadlineMs, timeoutMs }) => [deadlineMs, timeoutMs])
    .find((one) => one && places.some((place) => isSame(one.source.at, place)));
  return {
    caller,
    call,
    retry: retries.get(call.retry?.value ?? ''),
    breaker: breakers.get(call.breaker?.value ?? ''),
    limitMs: call.deadlineMs ?? waiting,
  };
}

function isOf({ breaker, call, retry }: Site, place: SourceRange): boolean {
  const own = [call.timeoutMs, call.deadlineMs].map((one) => one?.source.at);
  return [call.at, breaker?.at, retry?.at, ...own].some((one) => one && isIn(place, one));
}

function isIn(place: SourceRange, { end, file, start }: SourceRange): boolean {
  return place.file === file && start <= place.start && place.end <= end;
}

function isSame(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

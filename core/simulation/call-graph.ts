import type { Model, Scenario } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { meanRatePerSecond, trafficOf } from '../model/traffic.ts';
import type { SimulationProblem } from './problem.ts';

/**
 * How deep calls may be nested. Each level needs a few frames of the stack when an answer travels
 * back to the outside; no real system comes near.
 */
const DEEPEST_NESTING = 200;

export interface CallGraph {
  readonly problems: SimulationProblem[];
  /** Requests that enter from outside in one run, expected. */
  readonly requestsFromOutside: number;
  /**
   * Requests at all services and groups in one run, expected without retries and hedges, if all that
   * stands in for a failed call is asked too.
   */
  readonly requests: number;
}

/**
 * Looks for cycles of synchronous calls, nesting that is too deep, and counts what to expect. What is
 * called in place of a failed call counts as called.
 */
export function checkCallGraph(model: Model, scenario: Scenario | undefined): CallGraph {
  const { order, cycle } = sortServices(model);
  if (cycle) {
    const names = [...cycle.map(({ from }) => from), cycle[0]?.from];
    const message =
      `Services call each other in a circle: ${names.join(' → ')}. Each waits for the next, so a ` +
      'request would never end. Remove one of these calls.';
    const at = (cycle[0] as Step).to.source.at;
    return { problems: [{ message, at }], requestsFromOutside: 0, requests: 0 };
  }
  const visits = externalRequests(model, scenario);
  const depth = new Map<string, number>();
  const problems: SimulationProblem[] = [];
  let requestsFromOutside = 0;
  for (const count of visits.values()) requestsFromOutside += count;
  let requests = 0;
  for (const name of order) {
    const count = visits.get(name) ?? 0;
    const level = depth.get(name) ?? 1;
    requests += count;
    for (const { source, value: to } of calleesOf(model, name)) {
      if (model.services.has(to)) {
        visits.set(to, (visits.get(to) ?? 0) + count);
        depth.set(to, Math.max(depth.get(to) ?? 1, level + 1));
      } else {
        requests += count;
      }
      if (level === DEEPEST_NESTING && problems.length === 0) {
        const message = `Calls are nested deeper than ${DEEPEST_NESTING} levels here.`;
        problems.push({ message, at: source.at });
      }
    }
  }
  return { problems, requestsFromOutside, requests };
}

function externalRequests(model: Model, scenario: Scenario | undefined): Map<string, number> {
  const visits = new Map<string, number>();
  const durationMs = model.simulation.durationMs.value;
  for (const [name, { shape }] of trafficOf(model, scenario)) {
    visits.set(name, (meanRatePerSecond(shape.value, durationMs) * durationMs) / 1000);
  }
  const load = scenario?.load;
  for (const { value: name } of load?.services ?? []) {
    const share = (load?.requests.value ?? 0) / (load?.services.length ?? 1);
    visits.set(name, (visits.get(name) ?? 0) + share);
  }
  return visits;
}

/** Whom a service waits for, in the order of the file. */
export function calleesOf(model: Model, service: string): Sourced<string>[] {
  const calls = model.services.get(service)?.calls ?? [];
  return calls.flatMap(({ fallback, to }) => {
    const instead = fallback?.steps.flatMap((step) => (step.kind === 'call' ? step.to : []));
    return [to, ...(instead ?? [])];
  });
}

interface Step {
  readonly from: string;
  readonly to: Sourced<string>;
}

/** A service whose callees are being looked at. */
interface OpenService {
  readonly name: string;
  readonly callees: readonly Sourced<string>[];
  next: number;
}

/** Callers before callees, or the first cycle found. Without recursion: the file may be hostile. */
function sortServices(model: Model): { order: string[]; cycle?: Step[] } {
  const finished: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const open = (name: string): OpenService => {
    state.set(name, 'open');
    return { name, callees: calleesOf(model, name), next: 0 };
  };
  for (const start of model.services.keys()) {
    if (state.has(start)) continue;
    const path = [open(start)];
    while (path.length > 0) {
      const top = path[path.length - 1] as OpenService;
      const to = top.callees[top.next++]?.value;
      if (to === undefined) {
        state.set(top.name, 'done');
        finished.push(top.name);
        path.pop();
        continue;
      }
      if (!model.services.has(to) || state.get(to) === 'done') continue;
      if (state.get(to) === 'open') {
        const from = path.findIndex(({ name }) => name === to);
        return { order: [], cycle: path.slice(from).map(lastStep) };
      }
      path.push(open(to));
    }
  }
  return { order: finished.reverse() };
}

/** The step that the search took last from a service on its path. */
function lastStep({ callees, name, next }: OpenService): Step {
  return { from: name, to: callees[next - 1] as Sourced<string> };
}

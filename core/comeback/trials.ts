import type { Fault, Model, Scenario } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { faultEndMs } from '../simulation/faults.ts';
import type { SimulationProblem } from '../simulation/index.ts';
import { withLoad } from './load.ts';
import {
  isUnanimous,
  judgeTrial,
  runTrial,
  type Trial,
  type TrialOptions,
  type Usual,
  usualOf,
} from './trial.ts';

/** When so many runs agree, the others are left out. */
const FIRST_RUNS = 2;

/**
 * Trials of one system under several loads. What stays down after the faults is only stuck if it would
 * not have gone down without them: that is tried as well, with the same random numbers.
 */
export class Trials {
  readonly #system: Model;
  readonly #withoutFaults: Model;
  readonly #options: TrialOptions;
  /** What is usual under the load of the file. */
  #usual: Usual = new Map();
  /** The largest multiple of the load that is known to be carried without faults. */
  #carried = 0;
  isCancelled = false;
  /** Why the system cannot be simulated as it is written. */
  problems: readonly SimulationProblem[] = [];

  constructor(system: Model, scenario: Scenario, options: TrialOptions) {
    this.#system = system;
    this.#withoutFaults = withoutFaults(system, scenario);
    this.#options = options;
  }

  /** Under the load of the file; the others are measured by it. Undefined when that cannot be done. */
  asWritten(): Trial | undefined {
    const { kind, ...result } = runTrial(this.#system, this.#options);
    this.isCancelled = kind === 'cancelled';
    if ('problems' in result) this.problems = result.problems;
    if (!('runs' in result)) return undefined;
    this.#usual = usualOf(result.runs);
    return this.#checked(judgeTrial(result.runs, 1, this.#usual));
  }

  /** Under a multiple of the load. */
  at(factor: number): Trial | undefined {
    const trial = this.of(this.#system, factor);
    return trial && this.#checked(trial);
  }

  /** Of a changed system. */
  of(changed: Model, factor: number): Trial | undefined {
    const model = withLoad(changed, factor);
    const { replications } = this.#options;
    let trial: Trial | undefined;
    for (const count of new Set([Math.min(FIRST_RUNS, replications), replications])) {
      if (this.isCancelled) return undefined;
      const result = runTrial(model, { ...this.#options, replications: count });
      this.isCancelled = result.kind === 'cancelled';
      if (result.kind !== 'done') return undefined;
      trial = judgeTrial(result.runs, factor, this.#usual);
      if (isUnanimous(trial)) break;
    }
    return trial;
  }

  #checked(trial: Trial): Trial {
    const { factor, outcome, runs } = trial;
    if (outcome !== 'stuck' || factor <= this.#carried) return trial;
    if (this.of(this.#withoutFaults, factor)?.outcome === 'comes-back') {
      this.#carried = factor;
      return trial;
    }
    return { ...trial, outcome: 'overloaded', stuck: 0, overloaded: runs };
  }
}

/** The same scenario with one fault in place of the others that does nothing, so that runs are judged. */
function withoutFaults(system: Model, scenario: Scenario): Model {
  const [service] = system.services.keys();
  const [any] = scenario.faults;
  if (service === undefined || !any) return system;
  const fromMs = Math.min(...scenario.faults.map(({ atMs }) => atMs.value));
  const toMs = Math.max(...scenario.faults.map(faultEndMs));
  const given = <T>(value: T): Sourced<T> => ({ value, source: { kind: 'default', at: any.at } });
  const nothing: Fault = {
    kind: 'degrade',
    at: any.at,
    doubtful: false,
    atMs: given(fromMs),
    forMs: given(toMs - fromMs),
    target: given(service),
  };
  const calm = { ...scenario, faults: [nothing] };
  return { ...system, scenarios: new Map(system.scenarios).set(scenario.name, calm) };
}

import { availabilityCeiling, bottlenecks, type StructureFunction } from '../../analysis/index.ts';
import type { Group, Model, Service } from '../../model/model.ts';
import {
  type Dependencies,
  dependenciesOf,
  groupId,
  requestsId,
} from '../../rules/facts/dependencies.ts';
import { formatPercent } from '../../time/index.ts';
import { TrafficForecast } from '../forecast/traffic.ts';
import type { Objective } from '../objective.ts';
import { circlesIn, entriesOf } from './entries.ts';
import type { Forecast, Judge, MissingNumber } from './judge.ts';
import { partText } from './part-text.ts';

const MOST_PARTS = 5;
/** Less than one request in a million is not worth a line. */
const NOTABLE = 1e-6;

export interface AvailabilityOptions {
  /** Share of time that each zone is up of which the file does not say how often it fails. */
  readonly zoneAvailability?: number | undefined;
}

/** How often requests of one kind fail. */
interface Loss {
  /** Its id in the graph of what needs what. */
  readonly entry: string;
  readonly service?: Service;
  /** Weight among all requests; absent where it is not known, and the worst counts. */
  readonly share?: number | undefined;
  /** Share of time that something which it needs is down. */
  readonly down: number;
  /** Share of requests that run out of time or find no slot, while all is up. */
  readonly lost: number;
}

/**
 * Requests are answered while all that they need is up (`availabilityCeiling`, as everything else
 * that speaks of a model's availability has it), unless they run out of time or find no slot.
 */
export class AvailabilityJudge implements Judge {
  readonly #objective: Objective;
  readonly #options: AvailabilityOptions;
  /** Errors are in the graph already. */
  readonly #traffic = new TrafficForecast({ withErrors: false });

  constructor(objective: Objective, options: AvailabilityOptions) {
    this.#objective = objective;
    this.#options = options;
  }

  forecast(model: Model): Forecast {
    return this.#judged(this.#losses(model));
  }

  explain(model: Model): readonly string[] {
    const { parts, structure } = this.#dependencies(model);
    const losses = this.#losses(model).toSorted((a, b) => failingOf(b) - failingOf(a));
    const lines = losses.flatMap(({ lost, service }) => {
      if (lost < NOTABLE || !service) return [];
      return `${formatPercent(lost)} of the requests to '${service.name}' run out of time or find no slot`;
    });
    const seen = new Set<string>();
    for (const { entry } of losses) {
      for (const { down, id } of bottlenecks(structure, entry).slice(0, MOST_PARTS)) {
        const part = parts.get(id);
        if (part && !seen.has(id)) lines.push(partText(part, down, model));
        seen.add(id);
      }
    }
    return lines.slice(0, MOST_PARTS);
  }

  missing(model: Model): readonly MissingNumber[] {
    const circles = circlesIn(model);
    if (circles.length > 0) return circles;
    const { parts, structure } = this.#dependencies(model);
    const found = new Map<string, MissingNumber>();
    for (const { entry } of this.#losses(model)) {
      for (const id of availabilityCeiling(structure, entry)?.unknown ?? []) {
        const part = parts.get(id);
        if (part?.kind === 'member') {
          const text = `'failures.mtbf' of '${part.group.name}'`;
          found.set(text, { text, at: part.group.nameAt });
        }
        if (part?.kind === 'service') {
          const { calls, name, nameAt } = part.service;
          // One's own service is as available as what runs it, somebody else's as they promise.
          const key = calls.length > 0 ? 'runsOn' : 'objectives.availability';
          const text = `'${key}' of '${name}'`;
          found.set(text, { text, at: nameAt });
        }
      }
    }
    return [...found.values()];
  }

  hasEvidence(model: Model): boolean {
    return circlesIn(model).length === 0 && this.#losses(model).some((loss) => failingOf(loss) > 0);
  }

  /** The groups that requests cannot do without. */
  groupsNeeded(model: Model): readonly Group[] {
    const dependencies = this.#dependencies(model);
    const all = this.#losses(model).flatMap(({ entry }) => [
      ...groupsOf(dependencies, entry).keys(),
    ]);
    return [...new Set(all)];
  }

  /**
   * As `forecast`, where it has been measured how often those groups are up.
   *
   * @param measured shares of time, in [0, 1], by the names of the groups
   */
  forecastWith(model: Model, measured: ReadonlyMap<string, number>): Forecast {
    const dependencies = this.#dependencies(model);
    const losses = this.#losses(model).map((loss) => {
      let up = 1 - loss.down;
      for (const [{ name }, reckoned] of groupsOf(dependencies, loss.entry)) {
        up *= (measured.get(name) ?? reckoned) / reckoned;
      }
      return { ...loss, down: Math.max(0, 1 - up) };
    });
    return this.#judged(losses);
  }

  #judged(losses: readonly Loss[]): Forecast {
    const { target } = this.#objective;
    // 1 − 0.9999 is a little less than what two members at 0.99 are down: that is rounding.
    const allowed = target === 1 ? 0 : (1 - target + Number.EPSILON) * (1 + 1e-12);
    const { excess, failing } = summed(losses, allowed);
    return { value: 1 - failing, isMet: failing <= allowed, shortfall: excess };
  }

  #losses(model: Model): Loss[] {
    const { structure } = this.#dependencies(model);
    const { service: name } = this.#objective;
    const entries = entriesOf(model);
    const services = name === undefined ? entries.services : [model.services.get(name)];
    const traffic = this.#traffic.of(model);
    const losses = services.flatMap((service): Loss[] => {
      if (!service) return [];
      const entry = requestsId(service);
      const outcome = traffic.get(service);
      const lost = outcome ? outcome.failed.total + outcome.refused.total : 0;
      const share = name === undefined ? entries.shareOf(service) : 1;
      return [{ entry, service, share, down: downOf(structure, entry), lost }];
    });
    if (losses.length > 0) return losses;
    return [...model.groups.keys()].map((group): Loss => {
      const entry = groupId(group);
      return { entry, down: downOf(structure, entry), lost: 0 };
    });
  }

  #dependencies(model: Model): Dependencies {
    const { zoneAvailability } = this.#options;
    const found = dependenciesOf(model);
    if (zoneAvailability === undefined) return found;
    const availability = found.structure.availability.slice();
    const known = found.structure.known.slice();
    for (const [node, id] of found.structure.ids.entries()) {
      if (found.parts.get(id)?.kind !== 'zone' || known[node] === 1) continue;
      availability[node] = zoneAvailability;
      known[node] = 1;
    }
    return { ...found, structure: { ...found.structure, availability, known } };
  }
}

/**
 * How often requests fail, and by how much that is too often. Where traffic is written, all requests
 * count alike; where it is not, the promise must hold for every service; and where there is no
 * service, all groups must be up.
 */
function summed(
  losses: readonly Loss[],
  allowed: number,
): { readonly failing: number; readonly excess: number } {
  const above = (failing: number) => Math.max(0, failing - allowed);
  if (losses.every(({ service }) => !service)) {
    const failing = losses.reduce((sum, loss) => sum + (1 - sum) * failingOf(loss), 0);
    return { failing, excess: above(failing) };
  }
  if (losses.every(({ share }) => share !== undefined)) {
    const failing = losses.reduce((sum, loss) => sum + (loss.share ?? 0) * failingOf(loss), 0);
    return { failing, excess: above(failing) };
  }
  const each = losses.map(failingOf);
  return {
    failing: Math.max(0, ...each),
    excess: each.reduce((sum, one) => sum + above(one), 0),
  };
}

/** The groups that an entry cannot do without, and how often each is up as far as that matters. */
function groupsOf({ parts, structure }: Dependencies, entry: string): ReadonlyMap<Group, number> {
  const groups = new Map<Group, number>();
  for (const { down, id } of bottlenecks(structure, entry)) {
    const part = parts.get(id);
    if (part && 'group' in part) groups.set(part.group, (groups.get(part.group) ?? 1) * (1 - down));
  }
  return groups;
}

/** At most; between bounds the worse one counts. */
function downOf(structure: StructureFunction, entry: string): number {
  const ceiling = availabilityCeiling(structure, entry);
  if (!ceiling) return 0;
  return ceiling.kind === 'exact' ? ceiling.down : 1 - ceiling.least;
}

function failingOf({ down, lost }: Loss): number {
  return down + (1 - down) * lost;
}

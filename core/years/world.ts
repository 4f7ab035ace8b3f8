import { groupOptions, standbyPace } from '../model/machine-options.ts';
import type { FailureDomain, Group, Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { RedundancyGroup } from '../patterns/index.ts';
import { detectionTime } from '../rules/facts/detection.ts';
import { createReplication } from '../simulation/build/groups.ts';
import { Copies } from '../simulation/copies.ts';
import { Engine } from '../simulation/engine.ts';
import { createLifetimeSampler } from '../simulation/lifetime.ts';
import { createRandom, type RandomStream } from '../time/index.ts';
import { Crew } from './crew.ts';
import { Downtime, type OutageCause } from './downtime.ts';
import { YearsGroup, YearsMember } from './group.ts';
import { Part } from './part.ts';
import { createRepairSampler } from './repair.ts';
import { type ServiceNeeds, ServiceStates } from './services.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** Everything of a model that fails and is repaired, ready to run once, without traffic. */
export class YearsWorld {
  readonly engine = new Engine();
  readonly groups: readonly YearsGroup[];
  readonly services: ServiceStates;
  /** While every group is up. */
  readonly together = new Downtime();
  readonly #seed: number;
  readonly #part: number;
  readonly #crews: ReadonlyMap<string, Crew>;
  readonly #domains = new Map<string, Part>();
  readonly #network: Part | undefined;
  readonly #down = new Set<string>();

  /** @param part which one of several runs with the same seed */
  constructor(model: Model, needs: ServiceNeeds, seed: number, part: number) {
    this.#seed = seed;
    this.#part = part;
    this.#crews = new Map(
      [...model.repairCrews].map(([name, crew]) => [
        name,
        new Crew({
          engine: this.engine,
          size: crew.size.value,
          inspectionMs: crew.inspectionMs.value,
          order: crew.order.value,
          random: this.#random(`crew ${name}`, 'inspections'),
        }),
      ]),
    );
    this.services = new ServiceStates(needs, (name) => !this.#down.has(name));
    this.#network = model.network && this.#createDomain('network', model.network);
    const groups: YearsGroup[] = [];
    for (const group of model.groups.values()) groups.push(this.#createGroup(group, model));
    this.groups = groups;
    for (const [key, domain] of this.#domains) this.#own(domain, key.slice(0, key.indexOf(' ')));
    if (this.#network) this.#ownNetwork(this.#network);
    for (const domain of this.#domains.values()) domain.begin();
    this.#network?.begin();
  }

  #createGroup(group: Group, model: Model): YearsGroup {
    const { engine } = this;
    const { members, mtbfMs, name } = group;
    const machine = new RedundancyGroup(groupOptions(group));
    const drawLifeMs = createLifetimeSampler(group.lifetime);
    const commonCause = group.commonCause.value;
    // What strikes all of them is drawn apart.
    const meanLifeMs = mtbfMs && commonCause < 1 ? mtbfMs.value / (1 - commonCause) : NEVER;
    const replication = createReplication(group);
    const random = this.#random(`group ${name}`, 'takeovers');
    const detection = detectionTime(group);
    return new YearsGroup({
      engine,
      machine,
      members: members.map((member) => {
        const { name: id, region, role, zone } = member;
        machine.add(id, role, member.weight.value);
        const part = new Part({
          engine,
          kind: `group ${name}`,
          meanLifeMs,
          drawLifeMs,
          failureRandom: this.#random(`component ${id}`, 'failures'),
          drawRepairMs: createRepairSampler(
            machine.recovery,
            createLifetimeSampler(group.recoverySpread),
            this.#random(`component ${id}`, 'recoveries'),
          ),
          crew: this.#crewOf(group.repairCrew),
        });
        const domains = [
          region && this.#domain(`region ${region.value}`, model.regions.get(region.value)),
          zone &&
            this.#domain(
              `zone ${JSON.stringify([region?.value, zone.value])}`,
              model.zones.get(zone.value),
            ),
        ].filter((domain) => domain !== undefined);
        const place = JSON.stringify([region?.value, zone?.value]);
        return new YearsMember(id, part, domains, place, role === 'active');
      }),
      network: this.#network,
      copies: replication && new Copies(replication),
      activationMs: group.activationMs.value,
      standbyPace: standbyPace(group),
      coverage: group.coverage.value,
      commonCauseMs: mtbfMs && commonCause > 0 ? mtbfMs.value / commonCause : NEVER,
      random,
      drawDetectionMs:
        detection &&
        (() => {
          return detection.leastMs + (detection.mostMs - detection.leastMs) * random.next();
        }),
      onChange: (changed) => this.#groupChanged(changed),
    });
  }

  /** One for each name, or none where nobody said how often it fails. */
  #domain(key: string, domain: FailureDomain | undefined): Part | undefined {
    if (!domain) return undefined;
    const known = this.#domains.get(key);
    if (known) return known;
    const part = this.#createDomain(key, domain);
    this.#domains.set(key, part);
    return part;
  }

  #createDomain(key: string, domain: FailureDomain): Part {
    const drawRepair = createLifetimeSampler(domain.repairSpread);
    const repairRandom = this.#random(key, 'repairs');
    return new Part({
      engine: this.engine,
      kind: key,
      meanLifeMs: domain.mtbfMs.value,
      drawLifeMs: createLifetimeSampler(domain.lifetime),
      failureRandom: this.#random(key, 'failures'),
      drawRepairMs: () => drawRepair(domain.repairMs.value, repairRandom),
      crew: this.#crewOf(domain.repairCrew),
    });
  }

  #crewOf(name: Sourced<string> | undefined): Crew | undefined {
    return name && this.#crews.get(name.value);
  }

  #own(domain: Part, kind: string): void {
    const cause: OutageCause = kind === 'region' ? 'region' : 'zone';
    domain.owner = {
      failed: () => {
        domain.beginRepair();
        for (const group of this.groups) group.domainFailed(domain, cause);
      },
      repaired: () => {
        for (const group of this.groups) group.domainRepaired(domain);
      },
    };
  }

  #ownNetwork(network: Part): void {
    const update = () => {
      for (const group of this.groups) group.update('network');
    };
    network.owner = {
      failed: () => {
        network.beginRepair();
        update();
      },
      repaired: update,
    };
  }

  #groupChanged({ downtime, name }: YearsGroup): void {
    const { nowMs } = this.engine;
    if (downtime.isUp) this.#down.delete(name);
    else this.#down.add(name);
    this.together.set(this.#down.size === 0, nowMs, name);
    this.services.groupChanged(name, nowMs);
  }

  /** A stream of its own for each entity and purpose, as in the simulation of traffic. */
  #random(entity: string, purpose: string): RandomStream {
    return createRandom(this.#seed, 'years', this.#part, entity, purpose);
  }
}

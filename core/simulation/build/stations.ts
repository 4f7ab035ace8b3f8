import type { Group, Service } from '../../model/model.ts';
import type { RandomStream } from '../../time/index.ts';
import type { Engine } from '../engine.ts';
import type { GroupProcess } from '../group.ts';
import { createLatencySampler } from '../latency.ts';
import type { Pool } from '../pool.ts';
import { createServer } from '../server.ts';
import { Station, type StationWork } from '../station.ts';

interface StationParts {
  readonly engine: Engine;
  readonly groups: ReadonlyMap<string, GroupProcess>;
  readonly pools: ReadonlyMap<string, Pool>;
  random(entity: string, purpose: string): RandomStream;
}

/** A service, still without its calls. */
export function createServiceStation(service: Service, parts: StationParts): Station {
  const entity = `service ${service.name}`;
  return new Station({
    engine: parts.engine,
    group: service.runsOn && parts.groups.get(service.runsOn.value),
    ...workOf(service, parts.pools),
    maxConnections: Number.POSITIVE_INFINITY,
    latencyRandom: parts.random(entity, 'latency'),
    errorRandom: parts.random(entity, 'errors'),
  });
}

/** How a service does its own part of the work. */
export function workOf(service: Service, pools: ReadonlyMap<string, Pool>): StationWork {
  return {
    pool: service.bulkhead && pools.get(service.bulkhead.value),
    // The capacity of the members counts instead.
    server: service.runsOn ? undefined : createServer(service.capacityPerSecond?.value),
    drawLatency: createLatencySampler(service.latency.value),
    contentionMs: service.contentionMs?.value ?? 0,
    usualErrorRate: service.errorRate.value,
  };
}

/** A redundancy group as the target of calls. */
export function createGroupStation(group: Group, parts: StationParts): Station {
  const entity = `group ${group.name}`;
  const process = parts.groups.get(group.name);
  return new Station({
    engine: parts.engine,
    group: process,
    database: process?.database,
    drawLatency: createLatencySampler(group.latency.value),
    latencyRandom: parts.random(entity, 'latency'),
    contentionMs: group.contentionMs?.value ?? 0,
    maxConnections: group.maxConnections?.value ?? Number.POSITIVE_INFINITY,
    errorRandom: parts.random(entity, 'errors'),
    usualErrorRate: 0,
  });
}

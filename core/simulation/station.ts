import type { Operation } from '../model/model.ts';
import type { RandomStream } from '../time/index.ts';
import type { DatabaseProcess } from './database.ts';
import { Condition } from './degradation.ts';
import type { Engine } from './engine.ts';
import type { GroupProcess } from './group.ts';
import type { LatencySampler } from './latency.ts';
import type { MemberProcess } from './member.ts';
import type { CallPlan } from './policies/passage.ts';
import type { Pool } from './pool.ts';
import type { Server } from './server.ts';
import { StationStatistics } from './station-statistics.ts';
import { type Client, Work } from './work.ts';

/** How a station does its own part of the work. */
export type StationWork = Pick<
  StationOptions,
  'contentionMs' | 'drawLatency' | 'pool' | 'server' | 'usualErrorRate'
>;

export interface StationOptions {
  readonly engine: Engine;
  readonly pool?: Pool | undefined;
  readonly group?: GroupProcess | undefined;
  readonly database?: DatabaseProcess | undefined;
  readonly server?: Server | undefined;
  readonly drawLatency: LatencySampler;
  readonly latencyRandom: RandomStream;
  /** Added to the latency for each other request that is being worked on, ms. */
  readonly contentionMs: number;
  /** Requests that a member takes at once; Infinity where it does not matter. */
  readonly maxConnections: number;
  readonly errorRandom: RandomStream;
  readonly usualErrorRate: number;
}

/** Where requests are worked on: a service, or a redundancy group that is called directly. */
export class Station {
  readonly engine: Engine;
  /** Limits the requests that are worked on at once. */
  pool: Pool | undefined;
  /** Whose members do the work; without one the work needs no component. */
  readonly group: GroupProcess | undefined;
  /** Which of the members does the work, and what becomes of it when that fails. */
  readonly database: DatabaseProcess | undefined;
  /** The station's own capacity, apart from that of the members. */
  server: Server | undefined;
  drawLatency: LatencySampler;
  readonly latencyRandom: RandomStream;
  contentionMs: number;
  readonly maxConnections: number;
  readonly errorRandom: RandomStream;
  readonly condition = new Condition();
  readonly statistics = new StationStatistics();
  /** Filled in when all stations exist, since calls refer to other stations. */
  calls: readonly CallPlan[] = [];
  /** Records of work that is done, to be used again. */
  readonly idle: Work[] = [];
  /** Requests that are being worked on. */
  working = 0;
  #usualErrorRate: number;

  constructor(options: StationOptions) {
    this.engine = options.engine;
    this.pool = options.pool;
    this.group = options.group;
    this.database = options.database;
    this.server = options.server;
    this.drawLatency = options.drawLatency;
    this.latencyRandom = options.latencyRandom;
    this.contentionMs = options.contentionMs;
    this.maxConnections = options.maxConnections;
    this.errorRandom = options.errorRandom;
    this.#usualErrorRate = options.usualErrorRate;
  }

  /**
   * Takes on a request; the client is answered when it has ended.
   *
   * @param isFirstTry false when it exists only because somebody tried again
   * @param operation what it does with the copies of a group
   * @param member the one that does it; absent means that the group picks one
   */
  take(client: Client, isFirstTry: boolean, operation?: Operation, member?: MemberProcess): void {
    const work = this.idle.pop() ?? new Work(this, client);
    work.start(client, isFirstTry, operation, member);
  }

  /** Does its own work another way from now on; what was in line keeps its place and time. */
  change({ contentionMs, drawLatency, pool, server, usualErrorRate }: StationWork): void {
    this.pool = pool;
    this.server = server;
    this.drawLatency = drawLatency;
    this.contentionMs = contentionMs;
    this.#usualErrorRate = usualErrorRate;
  }

  /** What lets work hang, here or at the member that does it. */
  hanging(member: MemberProcess | undefined): Condition | undefined {
    if (this.condition.isHanging) return this.condition;
    if (!member) return undefined;
    if (member.condition.isHanging) return member.condition;
    return this.group?.condition.isHanging ? this.group.condition : undefined;
  }

  /**
   * Probability that the work fails: in the service's own part or, apart from that, at the member.
   * A degradation never makes anything better than it usually is.
   */
  errorRate(member: MemberProcess | undefined): number {
    const own = Math.max(this.#usualErrorRate, this.condition.errorRate);
    if (!this.group) return own;
    return 1 - (1 - own) * (1 - this.group.errorRate(member));
  }
}

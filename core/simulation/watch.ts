import type { FailureDetector, Suspicion } from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import type { LatencySampler } from './latency.ts';
import type { MemberProcess } from './member.ts';

export interface WatchOptions {
  /** Of heartbeats, ms. */
  readonly intervalMs: number;
  /** On their way from the member to whoever watches it, while nothing is degraded. */
  readonly drawLatency: LatencySampler;
  createDetector(nowMs: number): FailureDetector;
}

/** Whoever wants to know how a member is. */
export interface Watcher {
  /** Whether the member runs and does not hang. */
  sendsHeartbeats(member: MemberProcess): boolean;
  /** What its heartbeats take on top of the usual, ms. */
  addedLatencyMs(member: MemberProcess): number;
  /** Told of every change. */
  suspects(member: MemberProcess, suspicion: Suspicion): void;
}

/** Watches one member: lets it send its heartbeats, and its failure detector judge them. */
export class Watch {
  readonly #engine: Engine;
  readonly #watcher: Watcher;
  readonly #member: MemberProcess;
  readonly #options: WatchOptions;
  readonly #detector: FailureDetector;
  #suspicion: Suspicion = 'trusted';
  /** When the detector is looked at next, unless a heartbeat changes that; ms. */
  #lookAtMs = Number.POSITIVE_INFINITY;

  constructor(engine: Engine, watcher: Watcher, member: MemberProcess, options: WatchOptions) {
    this.#engine = engine;
    this.#watcher = watcher;
    this.#member = member;
    this.#options = options;
    this.#detector = options.createDetector(engine.nowMs);
    // Members began at some time or other, so they do not beat together, nor when a fault strikes.
    engine.after(options.intervalMs * member.heartbeatRandom.next(), beat, this);
    this.#planLook();
  }

  /** The member began to run, or came back: that is a sign of life. */
  hear(): void {
    this.#detector.heartbeat(this.#engine.nowMs);
    this.#judge();
  }

  beat(): void {
    const { drawLatency, intervalMs } = this.#options;
    this.#engine.after(intervalMs, beat, this);
    // Drawn whether it is sent or not, so that a failure moves no other draw.
    const latencyMs = drawLatency(this.#member.heartbeatRandom);
    if (!this.#watcher.sendsHeartbeats(this.#member)) return;
    const delayMs = latencyMs + this.#watcher.addedLatencyMs(this.#member);
    this.#engine.after(delayMs, arrive, { watch: this, life: this.#member.life });
  }

  /** What is under way when its sender crashes is lost with the connection. */
  arrive(life: number): void {
    if (life === this.#member.life) this.hear();
  }

  look(): void {
    // Another look has been planned in place of this one.
    if (this.#engine.nowMs !== this.#lookAtMs) return;
    this.#lookAtMs = Number.POSITIVE_INFINITY;
    this.#judge();
  }

  #judge(): void {
    const suspicion = this.#detector.suspicion(this.#engine.nowMs);
    this.#planLook();
    if (suspicion === this.#suspicion) return;
    this.#suspicion = suspicion;
    this.#watcher.suspects(this.#member, suspicion);
  }

  /** A heartbeat only puts off what is expected: the look that is planned already finds out. */
  #planLook(): void {
    const atMs = this.#detector.nextChangeAtMs(this.#engine.nowMs);
    if (atMs >= this.#lookAtMs) return;
    this.#lookAtMs = atMs;
    this.#engine.at(atMs, look, this);
  }
}

function beat(watch: Watch): void {
  watch.beat();
}

function arrive({ watch, life }: { readonly watch: Watch; readonly life: number }): void {
  watch.arrive(life);
}

function look(watch: Watch): void {
  watch.look();
}

import type { Engine } from '../simulation/engine.ts';
import type { LifetimeSampler } from '../simulation/lifetime.ts';
import type { RandomStream } from '../time/index.ts';
import type { Crew } from './crew.ts';

export interface PartOptions {
  readonly engine: Engine;
  /** Of what a crew inspects it with: the name of its group or domain. */
  readonly kind: string;
  /** Mean time until it fails by itself while it works, ms; Infinity means never. */
  readonly meanLifeMs: number;
  readonly drawLifeMs: LifetimeSampler;
  readonly failureRandom: RandomStream;
  /** How long its next repair takes, once it has begun; ms. */
  drawRepairMs(): number;
  /** Whom its repairs wait for; absent means nobody. */
  readonly crew: Crew | undefined;
}

/** Whoever has to know about a part. */
export interface Owner {
  failed(part: Part): void;
  repaired(part: Part): void;
}

/**
 * One thing that ages, fails and is repaired: a member, a zone, a region, the network. It ages as fast
 * as it works: a warm standby slowly, a cold one not at all. Whoever owns it says when its repair
 * begins.
 */
export class Part {
  readonly kind: string;
  isUp = true;
  owner: Owner | undefined;
  readonly #options: PartOptions;
  /** How fast it ages, in [0, 1]. */
  #pace = 1;
  /** Infinity while it is down or does not age. */
  #failsAtMs = Number.POSITIVE_INFINITY;
  /** What is left of its life while it does not age, ms. */
  #leftMs = 0;
  #isInRepair = false;

  constructor(options: PartOptions) {
    this.#options = options;
    this.kind = options.kind;
  }

  /** Begins to live, at the present pace. */
  begin(): void {
    const { drawLifeMs, failureRandom, meanLifeMs } = this.#options;
    this.#leftMs =
      meanLifeMs === Number.POSITIVE_INFINITY ? meanLifeMs : drawLifeMs(meanLifeMs, failureRandom);
    this.#plan();
  }

  get pace(): number {
    return this.#pace;
  }

  set pace(pace: number) {
    if (pace === this.#pace) return;
    if (this.isUp && this.#pace > 0) {
      this.#leftMs = (this.#failsAtMs - this.#options.engine.nowMs) * this.#pace;
    }
    this.#pace = pace;
    if (this.isUp) this.#plan();
  }

  strike(): void {
    // Another time may have been planned since.
    if (this.isUp && this.#options.engine.nowMs === this.#failsAtMs) this.fail();
  }

  fail(): void {
    this.breakDown();
    this.owner?.failed(this);
  }

  /** It fails, and whoever owns it knows. */
  breakDown(): void {
    this.isUp = false;
    this.#failsAtMs = Number.POSITIVE_INFINITY;
  }

  /** Does nothing where it has begun already. */
  beginRepair(): void {
    if (this.#isInRepair) return;
    this.#isInRepair = true;
    const { crew, engine } = this.#options;
    if (crew) crew.take(this);
    else engine.after(this.drawRepairMs(), finish, this);
  }

  drawRepairMs(): number {
    return this.#options.drawRepairMs();
  }

  finishRepair(): void {
    this.#isInRepair = false;
    this.isUp = true;
    this.begin();
    this.owner?.repaired(this);
  }

  #plan(): void {
    const { engine } = this.#options;
    this.#failsAtMs =
      this.#pace > 0 ? engine.nowMs + this.#leftMs / this.#pace : Number.POSITIVE_INFINITY;
    if (this.#failsAtMs < Number.POSITIVE_INFINITY) engine.at(this.#failsAtMs, strike, this);
  }
}

function strike(part: Part): void {
  part.strike();
}

function finish(part: Part): void {
  part.finishRepair();
}

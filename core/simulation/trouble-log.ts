import type { Incident } from './journal.ts';

/** A time during which something was down or degraded. */
export interface Trouble {
  readonly fromMs: number;
  /** Infinity while it lasts. */
  readonly toMs: number;
}

/** Keeps when something was wrong with the system, by what the journal is told. */
export class TroubleLog {
  readonly #troubles: Trouble[] = [];
  /** Those that last, by what they concern; degradations of the same target may overlap. */
  readonly #lasting = new Map<string, { toMs: number }[]>();

  /** How many troubles last. */
  #lastingCount = 0;

  /** Whether something is down or degraded now. */
  get isTroubled(): boolean {
    return this.#lastingCount > 0;
  }

  get troubles(): readonly Trouble[] {
    return this.#troubles;
  }

  note(incident: Incident): void {
    switch (incident.kind) {
      case 'failure':
        this.#begin(`failure ${incident.component}`, incident.atMs);
        break;
      case 'degradation':
        this.#begin(`degradation ${incident.target}`, incident.atMs);
        break;
      // To the group it is gone, whether it is up or not.
      case 'mistaken':
        this.#begin(`mistake ${incident.component}`, incident.atMs);
        break;
      case 'recovery':
        this.#end(`failure ${incident.component}`, incident.atMs);
        this.#end(`mistake ${incident.component}`, incident.atMs);
        break;
      case 'trusted':
        this.#end(`mistake ${incident.component}`, incident.atMs);
        break;
      case 'disturbance':
        this.#begin(`disturbance ${incident.fault.at.start}`, incident.atMs);
        // Nothing is wrong any more with a clock that nobody sets again.
        if (incident.fault.kind === 'clock-jump' && !incident.fault.forMs) {
          this.#end(`disturbance ${incident.fault.at.start}`, incident.atMs);
        }
        break;
      case 'disturbance-end':
        this.#end(`disturbance ${incident.fault.at.start}`, incident.atMs);
        break;
      case 'degradation-end':
        this.#end(`degradation ${incident.target}`, incident.atMs);
    }
  }

  #begin(name: string, fromMs: number): void {
    const trouble = { fromMs, toMs: Number.POSITIVE_INFINITY };
    this.#troubles.push(trouble);
    this.#lastingCount++;
    const lasting = this.#lasting.get(name);
    if (lasting) lasting.push(trouble);
    else this.#lasting.set(name, [trouble]);
  }

  #end(name: string, toMs: number): void {
    const ended = this.#lasting.get(name)?.shift();
    if (!ended) return;
    ended.toMs = toMs;
    this.#lastingCount--;
  }
}

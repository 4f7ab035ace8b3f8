import type { Engine } from '../simulation/engine.ts';
import { drawExponential, type RandomStream } from '../time/index.ts';
import type { Part } from './part.ts';

export interface CrewOptions {
  readonly engine: Engine;
  /** How many repairs can go on at once. */
  readonly size: number;
  /** Mean time of the inspection before each repair, ms. */
  readonly inspectionMs: number;
  readonly order: 'first-come' | 'race';
  readonly random: RandomStream;
}

/** People who repair what is broken, so many things at once; the rest waits. */
export class Crew {
  readonly #options: CrewOptions;
  #busy = 0;
  /** In the order in which they broke. */
  readonly #waiting: Part[] = [];
  /** Goes up whenever inspections under way lead to nothing any more. */
  #race = 0;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  take(part: Part): void {
    const isFirstOfKind = !this.#waiting.some(({ kind }) => kind === part.kind);
    this.#waiting.push(part);
    if (this.#busy >= this.#options.size) return;
    if (this.#options.order === 'first-come') this.#startNext();
    else if (isFirstOfKind) this.#inspect(part.kind);
  }

  inspected({ kind, race }: Inspection): void {
    if (race !== this.#race) return;
    const index = this.#waiting.findIndex((part) => part.kind === kind);
    const [part] = this.#waiting.splice(index, 1);
    if (!part) return;
    this.#busy++;
    this.#options.engine.after(part.drawRepairMs(), finish, { crew: this, part });
    this.#inspectAll();
  }

  finish(part: Part): void {
    this.#busy--;
    part.finishRepair();
    if (this.#options.order === 'first-come') this.#startNext();
    else this.#inspectAll();
  }

  #startNext(): void {
    const part = this.#busy < this.#options.size ? this.#waiting.shift() : undefined;
    if (!part) return;
    this.#busy++;
    const ms = this.#drawInspectionMs() + part.drawRepairMs();
    this.#options.engine.after(ms, finish, { crew: this, part });
  }

  /** Anew: what is left of an exponential time has the distribution of the whole. */
  #inspectAll(): void {
    this.#race++;
    if (this.#busy >= this.#options.size) return;
    for (const kind of new Set(this.#waiting.map((part) => part.kind))) this.#inspect(kind);
  }

  #inspect(kind: string): void {
    const inspection: Inspection = { crew: this, kind, race: this.#race };
    this.#options.engine.after(this.#drawInspectionMs(), inspected, inspection);
  }

  #drawInspectionMs(): number {
    return drawExponential(this.#options.inspectionMs, this.#options.random);
  }
}

interface Inspection {
  readonly crew: Crew;
  readonly kind: string;
  readonly race: number;
}

function inspected(inspection: Inspection): void {
  inspection.crew.inspected(inspection);
}

function finish({ crew, part }: { readonly crew: Crew; readonly part: Part }): void {
  crew.finish(part);
}

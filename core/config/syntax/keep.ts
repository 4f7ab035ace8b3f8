import type { TextRange } from './node.ts';

type Movable = { -readonly [K in keyof TextRange]: TextRange[K] };

/**
 * What is read now, made of the pieces of what was read before as far as these say the same: they
 * are the same objects, whose places become those of what is read now.
 *
 * @param owned the places of what was read before that nothing else has
 */
export function keepPieces<T>(before: unknown, now: T, owned: ReadonlySet<TextRange>): T {
  const keeper = new Keeper(owned);
  const kept = keeper.keep(before, now) as T;
  // One place cannot be in two places.
  if (!keeper.isSound) return now;
  keeper.move();
  return kept;
}

class Keeper {
  isSound = true;
  readonly #owned: ReadonlySet<TextRange>;
  readonly #moves = new Map<Movable, TextRange>();

  constructor(owned: ReadonlySet<TextRange>) {
    this.#owned = owned;
  }

  keep(before: unknown, now: unknown): unknown {
    if (before === now || !isObject(before) || !isObject(now)) return now;
    if (Array.isArray(before) && Array.isArray(now)) return this.#keepList(before, now);
    if (!isPlain(before) || !isPlain(now)) return now;
    return isRange(now) ? this.#keepRange(before, now) : this.#keepObject(before, now);
  }

  move(): void {
    for (const [range, { start, end }] of this.#moves) {
      range.start = start;
      range.end = end;
    }
  }

  #keepList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
    const kept = now.map((item, index) => this.keep(before[index], item));
    return haveSameItems(before, kept) ? before : kept;
  }

  #keepObject(before: Fields, now: Fields): Fields {
    const keys = Object.keys(now);
    const isOther = keys.some((key) => !isObject(now[key]) && now[key] !== before[key]);
    const kept = keys.map((key): readonly [string, unknown] => {
      const value = now[key];
      // What says something else is said somewhere else.
      return [key, isOther && isRange(value) ? value : this.keep(before[key], value)];
    });
    const isSame =
      haveSameItems(Object.keys(before), keys) &&
      kept.every(([key, value]) => Object.is(value, before[key]));
    return isSame ? before : Object.fromEntries(kept);
  }

  #keepRange(before: Fields, now: Fields & TextRange): Fields {
    if (!isRange(before) || !this.#owned.has(before)) return now;
    const keys = Object.keys(now).filter((key) => key !== 'start' && key !== 'end');
    if (Object.keys(before).length !== keys.length + 2) return now;
    if (keys.some((key) => before[key] !== now[key])) return now;
    const known = this.#moves.get(before);
    if (known && (known.start !== now.start || known.end !== now.end)) this.isSound = false;
    this.#moves.set(before, { start: now.start, end: now.end });
    return before;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: object): value is Fields {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isRange(value: unknown): value is Fields & TextRange {
  if (!isObject(value)) return false;
  const { start, end } = value as Partial<TextRange>;
  return typeof start === 'number' && typeof end === 'number';
}

function haveSameItems(some: readonly unknown[], others: readonly unknown[]): boolean {
  return (
    some.length === others.length && some.every((item, index) => Object.is(item, others[index]))
  );
}

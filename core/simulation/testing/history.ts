/** One call that was made on a machine, what it said, and what the machine looked like afterwards. */
export interface Entry {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly result: unknown;
  readonly state: unknown;
}

type Method = (this: object, ...args: unknown[]) => unknown;

/** A kind of machine, and how to follow what happens to it. */
export interface Followed<Machine extends object> {
  readonly type: { readonly prototype: Machine };
  /** The method that returns what the others are then given first: a permit, or a ticket. */
  readonly gives?: keyof Machine & string;
  /** The others. */
  readonly takes: readonly (keyof Machine & string)[];
  /** What can be seen of a machine after a call, as plain data. */
  readonly look: (machine: Machine, args: readonly unknown[]) => unknown;
}

/** Writes down every call on every machine of a kind while `body` runs. */
export function recordHistories<Machine extends object>(
  { gives, look, takes, type }: Followed<Machine>,
  body: () => void,
): ReadonlyMap<Machine, readonly Entry[]> {
  const histories = new Map<Machine, Entry[]>();
  const prototype = type.prototype as Record<string, Method>;
  const names = gives === undefined ? takes : [gives, ...takes];
  const originals = names.map((name) => [name, prototype[name] as Method] as const);
  // What a machine asks of itself follows from what it was asked.
  let depth = 0;
  for (const [method, original] of originals) {
    prototype[method] = function (...args) {
      const machine = this as Machine;
      depth++;
      const result = original.apply(machine, args);
      depth--;
      if (depth > 0) return result;
      const history = histories.get(machine) ?? [];
      histories.set(machine, history);
      history.push({ method, args, result, state: look(machine, args) });
      return result;
    };
  }
  try {
    body();
  } finally {
    for (const [method, original] of originals) prototype[method] = original;
  }
  return histories;
}

/**
 * Makes the same calls on a machine without a history.
 *
 * @returns what it looked like after each.
 */
export function replay<Machine extends object>(
  history: readonly Entry[],
  machine: Machine,
  { gives, look }: Followed<Machine>,
): unknown[] {
  const given = new Map<unknown, unknown>();
  return history.map(({ args, method, result }) => {
    const [first, ...others] = args;
    const call = (machine as Record<string, unknown>)[method] as Method;
    if (method === gives) given.set(result, call.call(machine, first, ...others));
    else call.call(machine, given.get(first) ?? first, ...others);
    return look(machine, args);
  });
}

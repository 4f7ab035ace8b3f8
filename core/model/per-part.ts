import { type ModelView, type Reads, stoodInFor } from './model-view.ts';

/** A fact, and what was read for it where that is noted. */
interface Known<T> {
  readonly fact: T;
  readonly view: ModelView | undefined;
  readonly reads: Reads;
}

/**
 * A fact about a part of models that is worked out once for each, however many ask for it. Parts that
 * nobody has changed are the same in the next version of a model, and with them what is known of
 * them; so it may hold the places of the part, but no offsets.
 */
export function perPart<Part extends object, T>(workOut: (part: Part) => T): (part: Part) => T {
  const known = new WeakMap<object, Known<T>>();
  return (part) => {
    const { content, view } = stoodInFor(part) ?? { content: part, view: undefined };
    const found = known.get(content);
    if (found && found.view === view) {
      // Whoever uses what is known has read what that was worked out from.
      view?.noteAll(found.reads);
      return found.fact;
    }
    const { reads, value } = view
      ? view.watch(() => workOut(part))
      : { value: workOut(part), reads: [] };
    known.set(content, { fact: value, view, reads });
    return value;
  };
}

import type { Model } from '../../model/model.ts';

/**
 * A model with the parts of another one where they hold the same objects in the same order. The model
 * itself is a new one: what is known of the other may speak of places that are elsewhere now.
 */
export function keepingParts(last: Model | undefined, model: Model): Model {
  if (!last) return model;
  const entries = Object.entries(model).map(([key, value]): [string, unknown] => {
    const before = last[key as keyof Model];
    return [key, isSame(before, value) ? before : value];
  });
  return Object.fromEntries(entries) as unknown as Model;
}

function isSame(a: unknown, b: unknown): boolean {
  const isCollection =
    (a instanceof Map && b instanceof Map) || (a instanceof Set && b instanceof Set);
  if (!isCollection) return a === b;
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a.entries()) {
    const [otherKey, otherValue] = others.next().value ?? [];
    if (otherKey !== key || otherValue !== value) return false;
  }
  return true;
}

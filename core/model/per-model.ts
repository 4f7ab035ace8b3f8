import type { Model } from './model.ts';

/** A fact about models that is worked out once for each, however many ask for it. */
export function perModel<T>(workOut: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, { readonly fact: T }>();
  return (model) => {
    const found = known.get(model);
    if (found) return found.fact;
    const fact = workOut(model);
    known.set(model, { fact });
    return fact;
  };
}

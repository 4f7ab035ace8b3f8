/**
 * A fact about a part of models that is worked out once for each, however many ask for it. Parts that
 * nobody has changed are the same in the next version of a model, and with them what is known of
 * them; so it may hold the places of the part, but no offsets.
 */
export function perPart<Part extends object, T>(workOut: (part: Part) => T): (part: Part) => T {
  const known = new WeakMap<Part, { readonly fact: T }>();
  return (part) => {
    const found = known.get(part);
    if (found) return found.fact;
    const fact = workOut(part);
    known.set(part, { fact });
    return fact;
  };
}

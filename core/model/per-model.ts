import type { Model } from './model.ts';
import { perPart } from './per-part.ts';

/** A fact about models that is worked out once for each, however many ask for it. */
export function perModel<T>(workOut: (model: Model) => T): (model: Model) => T {
  return perPart(workOut);
}

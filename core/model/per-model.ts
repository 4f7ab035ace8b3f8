import type { Model } from './model.ts';
import { memoryOf } from './model-memory.ts';
import { perPart } from './per-part.ts';

/** A fact about models that is worked out once for each, however many ask for it. */
export function perModel<T>(workOut: (model: Model) => T): (model: Model) => T {
  const ofModel = perPart(workOut);
  return (model) => {
    const memory = memoryOf(model);
    return memory ? memory.recall(workOut, workOut) : ofModel(model);
  };
}

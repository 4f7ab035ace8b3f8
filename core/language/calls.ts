import { isImported, type Model } from '../model/model.ts';
import { perModel } from '../model/per-model.ts';
import type { SourceRange } from '../model/source.ts';
import { type Name, namesOf } from './names.ts';

/** One part that calls another, with each place where it says so. */
export interface CallRelation {
  readonly caller: Name;
  readonly callee: Name;
  /** The name of the callee in each call, or in the fallback of one. */
  readonly at: readonly SourceRange[];
}

/** Who calls whom, in the order of the text; what is called and not defined is left out. */
export const callRelationsOf = perModel((model: Model): readonly CallRelation[] => {
  const names = namesOf(model);
  const written = [...model.services.values()].filter(({ nameAt }) => !isImported(model, nameAt));
  const imported = (model.imports ?? []).flatMap((one) => [...one.model.services.values()]);
  return [...written, ...imported].flatMap(({ calls, name }) => {
    const caller = names.find('service', name);
    if (!caller) return [];
    const places = new Map<Name, SourceRange[]>();
    for (const { fallback, to } of calls) {
      const steps = fallback?.steps.flatMap((step) => (step.kind === 'call' ? [step.to] : []));
      for (const { source, value } of [to, ...(steps ?? [])]) {
        const callee = names.find('service', value) ?? names.find('group', value);
        if (!callee?.definition) continue;
        places.set(callee, [...(places.get(callee) ?? []), source.at]);
      }
    }
    return [...places].map(([callee, at]) => ({ caller, callee, at }));
  });
});

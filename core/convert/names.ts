import type { Definition, Model, Service } from '../model/model.ts';

/** What parts are called, by the keys under which the model knows them. */
export type Names = ReadonlyMap<string, string>;

const POLICIES = [
  'breakers',
  'bulkheads',
  'retries',
  'rateLimiters',
  'concurrencyLimits',
  'connectionPools',
] as const;
export type PolicySection = (typeof POLICIES)[number];

export interface AllNames extends Readonly<Record<PolicySection, Names>> {
  readonly groups: Names;
  readonly services: Names;
  /** Of whatever calls name, described or not. */
  readonly callees: Names;
}

/** Names that are unique in their section, as close as possible to what people call the parts. */
export function namesOf(model: Model): AllNames {
  const taken = new Set<string>();
  const services = new Map<string, string>();
  const callees = new Map<string, string>();
  for (const to of calleesIn(model)) {
    const key = model.groups.has(to) ? undefined : serviceKey(model, to);
    if (key !== undefined) services.set(key, services.get(key) ?? free(taken, [to]));
    else if (!model.groups.has(to)) callees.set(to, free(taken, [to]));
  }
  for (const [key, service] of model.services) {
    if (!services.has(key)) services.set(key, free(taken, waysOf(service)));
  }
  const groups = new Map<string, string>();
  for (const [key, { name }] of model.groups) {
    groups.set(key, free(taken, [name, `pods of ${name}`]));
  }
  for (const to of calleesIn(model)) {
    const known = groups.get(to) ?? services.get(serviceKey(model, to) ?? '');
    if (known !== undefined) callees.set(to, known);
  }
  const policies = POLICIES.map((section): readonly [PolicySection, Names] => {
    const parts: ReadonlyMap<string, Definition> = model[section];
    const own = new Set<string>();
    return [section, new Map([...parts].map(([key, { name }]) => [key, free(own, [name])]))];
  });
  const byPolicy = Object.fromEntries(policies) as Record<PolicySection, Names>;
  return { ...byPolicy, callees, groups, services };
}

function calleesIn({ services }: Model): ReadonlySet<string> {
  const callees = new Set<string>();
  for (const { calls } of services.values()) {
    for (const { fallback, to } of calls) {
      callees.add(to.value);
      for (const step of fallback?.steps ?? [])
        if (step.kind === 'call') callees.add(step.to.value);
    }
  }
  return callees;
}

/** Of a service that is called; where none has it as its key, of the only one that people call so. */
function serviceKey({ services }: Model, to: string): string | undefined {
  if (services.has(to)) return to;
  const named = [...services].filter(([, { calls, name }]) => name === to && calls.length === 0);
  return named.length === 1 ? named[0]?.[0] : undefined;
}

function waysOf({ calls, name }: Service): readonly string[] {
  return calls.length > 0 ? [name, `callers of ${name}`] : [name];
}

/** The first that nobody has yet, else the last one with a number. */
function free(taken: Set<string>, ways: readonly string[]): string {
  let chosen = ways.find((one) => !taken.has(one));
  for (let number = 2; chosen === undefined; number++) {
    const numbered = `${ways.at(-1)} ${number}`;
    if (!taken.has(numbered)) chosen = numbered;
  }
  taken.add(chosen);
  return chosen;
}

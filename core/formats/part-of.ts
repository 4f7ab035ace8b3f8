import type { Call, Definition, Model, Service } from '../model/model.ts';

/** The parts of a model that formats fill in. */
const SECTIONS = [
  'groups',
  'breakers',
  'bulkheads',
  'retries',
  'rateLimiters',
  'concurrencyLimits',
  'connectionPools',
  'services',
] as const satisfies readonly (keyof Model)[];
type Section = (typeof SECTIONS)[number];
type Parts = ReadonlyMap<string, Definition>;

/** A model with the parts of another one that it has not got. */
export function withPartsOf(model: Model, other: Model): Model {
  const sections = SECTIONS.map((section) => {
    const parts: Parts = model[section];
    const others: Parts = other[section];
    return [section, new Map([...others, ...parts])] as const;
  });
  return { ...model, ...Object.fromEntries(sections) };
}

/** What a model says in one of its files. */
export function partsIn(model: Model, file: string): Model {
  return filtered(model, (_, { at }) => at.file === file);
}

/** What a model says in one of its files, with all that it refers to in others. */
export function partOf(model: Model, file: string): Model {
  const kept = new Map<Section, Set<string>>(SECTIONS.map((section) => [section, new Set()]));
  const keep = (section: Section, key: string | undefined): void => {
    const part = key === undefined ? undefined : model[section].get(key);
    const keys = kept.get(section);
    if (key === undefined || part === undefined || !keys || keys.has(key)) return;
    keys.add(key);
    if (section === 'services') keepWhatIsNamed(part as Service);
  };
  const keepWhatIsNamed = ({ bulkhead, calls, runsOn }: Service): void => {
    keep('groups', runsOn?.value);
    keep('bulkheads', bulkhead?.value);
    for (const call of calls) keepWhatIsCalled(call);
  };
  const keepWhatIsCalled = (call: Call): void => {
    for (const to of calleesOf(call)) {
      keep('services', to);
      keep('groups', to);
    }
    keep('retries', call.retry?.value);
    keep('breakers', call.breaker?.value);
    keep('bulkheads', call.bulkhead?.value);
    keep('rateLimiters', call.rateLimiter?.value);
    keep('concurrencyLimits', call.concurrencyLimit?.value);
    keep('connectionPools', call.connectionPool?.value);
  };
  for (const section of SECTIONS) {
    const parts: Parts = model[section];
    for (const [key, { at }] of parts) if (at.file === file) keep(section, key);
  }
  return filtered(model, (section, _, key) => kept.get(section)?.has(key) ?? false);
}

function filtered(
  model: Model,
  isKept: (section: Section, part: Definition, key: string) => boolean,
): Model {
  const sections = SECTIONS.map((section) => {
    const parts: Parts = model[section];
    return [
      section,
      new Map([...parts].filter(([key, part]) => isKept(section, part, key))),
    ] as const;
  });
  return { ...model, ...Object.fromEntries(sections) };
}

function calleesOf({ fallback, to }: Call): readonly string[] {
  const steps = fallback?.steps ?? [];
  return [to.value, ...steps.flatMap((step) => (step.kind === 'call' ? step.to.value : []))];
}

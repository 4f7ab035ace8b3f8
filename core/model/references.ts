import type { Expectation } from './expectation.ts';
import type { Call, Fault, Model, SectionName } from './model.ts';
import { perModel } from './per-model.ts';
import type { Sourced, SourceRange } from './source.ts';

/** What a reference may name. */
export type ReferenceKind =
  | 'group'
  | 'repair-crew'
  | 'bulkhead'
  | 'retry'
  | 'breaker'
  | 'rate-limiter'
  | 'concurrency-limit'
  | 'connection-pool'
  | 'service'
  | 'callee'
  | 'component'
  | 'fail-target'
  | 'degrade-target'
  | 'measured-service'
  | 'measured-group'
  | 'measured-target'
  | 'measured-breaker'
  | 'measured-bulkhead'
  | 'measured-limit'
  | 'zone'
  | 'region';

/** A place in the file that names something defined elsewhere. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly at: SourceRange;
}

/** What each kind of reference is called in messages. */
export const REFERENCE_NOUNS: Readonly<Record<ReferenceKind, string>> = {
  group: 'redundancy group',
  'repair-crew': 'repair crew',
  bulkhead: 'bulkhead',
  retry: 'retry policy',
  breaker: 'circuit breaker',
  'rate-limiter': 'rate limiter',
  'concurrency-limit': 'concurrency limit',
  'connection-pool': 'connection pool',
  service: 'service',
  callee: 'service or redundancy group',
  component: 'component',
  'fail-target': 'component or redundancy group',
  'degrade-target': 'component, redundancy group or service',
  'measured-service': 'service',
  'measured-group': 'redundancy group',
  'measured-target': 'service or redundancy group',
  'measured-breaker': 'circuit breaker',
  'measured-bulkhead': 'bulkhead',
  'measured-limit': 'circuit breaker, bulkhead, rate limiter, concurrency limit or connection pool',
  zone: 'zone',
  region: 'region',
};

/** Where what each kind of reference names is defined. */
export const DEFINING_SECTIONS: Readonly<Record<ReferenceKind, readonly SectionName[]>> = {
  group: ['redundancy'],
  'repair-crew': ['repairCrews'],
  bulkhead: ['bulkheads'],
  retry: ['retries'],
  breaker: ['circuitBreakers'],
  'rate-limiter': ['rateLimiters'],
  'concurrency-limit': ['concurrencyLimits'],
  'connection-pool': ['connectionPools'],
  service: ['services'],
  callee: ['services', 'redundancy'],
  component: ['redundancy'],
  'fail-target': ['redundancy'],
  'degrade-target': ['redundancy', 'services'],
  'measured-service': ['services'],
  'measured-group': ['redundancy'],
  'measured-target': ['services', 'redundancy'],
  'measured-breaker': ['circuitBreakers'],
  'measured-bulkhead': ['bulkheads'],
  'measured-limit': [
    'circuitBreakers',
    'bulkheads',
    'rateLimiters',
    'concurrencyLimits',
    'connectionPools',
  ],
  zone: ['redundancy'],
  region: ['redundancy'],
};

/** Every reference of the model, in no particular order. */
export const references = perModel((model: Model): readonly Reference[] => [...written(model)]);

function* written(model: Model): Generator<Reference> {
  const { groups, network, regions, zones } = model;
  for (const repaired of [...groups.values(), ...zones.values(), ...regions.values()]) {
    yield* one('repair-crew', repaired.repairCrew);
  }
  yield* one('repair-crew', network?.repairCrew);
  for (const service of model.services.values()) {
    yield* one('group', service.runsOn);
    yield* one('bulkhead', service.bulkhead);
    for (const call of service.calls) yield* referencesOfCall(call);
  }
  for (const scenario of model.scenarios.values()) {
    for (const service of scenario.load?.services ?? []) yield* one('service', service);
    for (const { service } of scenario.traffic ?? []) yield* one('service', service);
    for (const fault of scenario.faults) {
      yield* referencesOf(fault);
    }
    for (const expectation of scenario.expect) {
      yield* one(measuredKind(expectation), expectation.of);
      yield* one('callee', expectation.calling);
    }
  }
}

/** The names that a reference of this kind can mean. */
export function definedNames(model: Model, kind: ReferenceKind): ReadonlySet<string> {
  const members = () => [...model.groups.values()].flatMap(({ members }) => members);
  const components = () => members().map(({ name }) => name);
  switch (kind) {
    case 'group':
    case 'measured-group':
      return new Set(model.groups.keys());
    case 'repair-crew':
      return new Set(model.repairCrews.keys());
    case 'bulkhead':
    case 'measured-bulkhead':
      return new Set(model.bulkheads.keys());
    case 'retry':
      return new Set(model.retries.keys());
    case 'breaker':
    case 'measured-breaker':
      return new Set(model.breakers.keys());
    case 'rate-limiter':
      return new Set(model.rateLimiters.keys());
    case 'concurrency-limit':
      return new Set(model.concurrencyLimits.keys());
    case 'connection-pool':
      return new Set(model.connectionPools.keys());
    case 'service':
    case 'measured-service':
      return new Set(model.services.keys());
    case 'callee':
    case 'measured-target':
      return new Set([...model.services.keys(), ...model.groups.keys()]);
    case 'component':
      return new Set(components());
    case 'fail-target':
      return new Set([...components(), ...model.groups.keys()]);
    case 'degrade-target':
      return new Set([...components(), ...model.groups.keys(), ...model.services.keys()]);
    case 'measured-limit':
      return new Set([
        ...model.breakers.keys(),
        ...model.bulkheads.keys(),
        ...model.rateLimiters.keys(),
        ...model.concurrencyLimits.keys(),
        ...model.connectionPools.keys(),
      ]);
    case 'zone':
    case 'region':
      return new Set(members().flatMap((member) => member[kind]?.value ?? []));
  }
}

/** What the part of a system can be that an expectation is about. */
function measuredKind(expectation: Expectation): ReferenceKind {
  if (expectation.kind === 'state') return 'measured-breaker';
  switch (expectation.metric) {
    case 'availability':
      return 'measured-target';
    case 'recovery':
      return 'measured-group';
    case 'breakerOpens':
      return 'measured-breaker';
    case 'poolUse':
    case 'queue':
      return 'measured-bulkhead';
    case 'rejections':
      return 'measured-limit';
    default:
      return 'measured-service';
  }
}

function* referencesOfCall(call: Call): Generator<Reference> {
  yield* one('callee', call.to);
  yield* one('retry', call.retry);
  yield* one('breaker', call.breaker);
  yield* one('bulkhead', call.bulkhead);
  yield* one('rate-limiter', call.rateLimiter);
  yield* one('concurrency-limit', call.concurrencyLimit);
  yield* one('connection-pool', call.connectionPool);
  for (const step of call.fallback?.steps ?? []) {
    if (step.kind === 'call') yield* one('callee', step.to);
  }
}

function* referencesOf(fault: Fault): Generator<Reference> {
  switch (fault.kind) {
    case 'fail':
      return yield* one('fail-target', fault.target);
    case 'fail-domain':
      return yield* one(fault.domain, fault.target);
    case 'degrade':
    case 'hang':
      return yield* one('degrade-target', fault.target);
    case 'partition':
      for (const end of [...fault.between, ...fault.and]) yield* one('callee', end);
      return;
    case 'slow-recovery':
      return yield* one('group', fault.target);
    case 'clock-jump':
    case 'surge':
      return yield* one('service', fault.target);
    case 'rollout':
      yield* one('service', fault.target);
      yield* one('bulkhead', fault.changes.bulkhead);
      for (const call of fault.changes.calls ?? []) yield* referencesOfCall(call);
      return;
    case 'random-failures':
      for (const component of fault.components) yield* one('component', component);
  }
}

function* one(kind: ReferenceKind, value: Sourced<string> | undefined): Generator<Reference> {
  if (value) yield { kind, name: value.value, at: value.source.at };
}

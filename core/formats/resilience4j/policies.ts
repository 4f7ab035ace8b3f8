import type { Sourced } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import type { View } from './application.ts';
import { MODULE_NAMES } from './document.ts';
import { type ModuleName, RESILIENCE4J } from './names.ts';
import {
  asBoolean,
  asDuration,
  asNumber,
  asText,
  type Chain,
  levelOf,
  resolve,
  Settings,
} from './settings.ts';

/** What holds in a view, module by module. */
export interface Policies {
  readonly view: View;
  readonly modules: ReadonlyMap<ModuleName, ModulePolicies>;
  /** The order of the aspects is not the usual one. */
  readonly isReordered: boolean;
}

export interface ModulePolicies {
  readonly configs: ReadonlyMap<string, Chain>;
  readonly instances: ReadonlyMap<string, Chain>;
}

export function policiesOf(view: View): Policies {
  const modules = MODULE_NAMES.map((name) => [name, modulePolicies(view, name)] as const);
  const isReordered = view.documents.some((document) =>
    [...document.modules.values()].some(({ fields }) =>
      fields.keys.some((key) => /aspect-?order$/i.test(key)),
    ),
  );
  return { view, modules: new Map(modules), isReordered };
}

function modulePolicies(view: View, module: ModuleName): ModulePolicies {
  const configs = settingsOf(view, module, 'configs');
  const instances = settingsOf(view, module, 'instances');
  const chains = (all: ReadonlyMap<string, Settings>, isConfig: boolean) =>
    new Map(
      [...all].map(([name, own]) => [name, chainOf(module, own, configs, isConfig)] as const),
    );
  return { configs: chains(configs, true), instances: chains(instances, false) };
}

function settingsOf(
  { documents }: View,
  module: ModuleName,
  section: 'configs' | 'instances',
): ReadonlyMap<string, Settings> {
  const layers = new Map<string, [Fields, ...Fields[]]>();
  for (const document of documents) {
    for (const [name, fields] of document.modules.get(module)?.[section] ?? []) {
      layers.set(name, [fields, ...(layers.get(name) ?? [])]);
    }
  }
  return new Map([...layers].map(([name, own]) => [name, new Settings(name, own)]));
}

/**
 * What an instance or a config inherits from. With a `baseConfig` that one, else `default`; of circuit
 * breakers only instances do, and of a config of their own name first.
 *
 * Source: resilience4j/resilience4j, `createRetryConfig`, `createCircuitBreakerConfig` and their like.
 */
function chainOf(
  module: ModuleName,
  own: Settings,
  configs: ReadonlyMap<string, Settings>,
  isConfig: boolean,
): Chain {
  const levels = [own];
  let last = own;
  let isLastConfig = isConfig;
  while (true) {
    const base = last.text('baseConfig');
    if (last.has('baseConfig') && !base) return { own, levels, isOpen: true };
    const next = base ? configs.get(base.value) : implied(module, last, configs, isLastConfig);
    if (base && (!next || levels.includes(next))) {
      const isItself = next !== undefined;
      return { own, levels, isOpen: true, broken: { base, isItself } };
    }
    if (!next || levels.includes(next)) return { own, levels, isOpen: false };
    levels.push(next);
    last = next;
    isLastConfig = true;
  }
}

function implied(
  module: ModuleName,
  { name }: Settings,
  configs: ReadonlyMap<string, Settings>,
  isConfig: boolean,
): Settings | undefined {
  if (module !== 'circuitbreaker') return name === 'default' ? undefined : configs.get('default');
  return isConfig ? undefined : (configs.get(name) ?? configs.get('default'));
}

/** How long to wait between tries, or until an open breaker is tried again. */
export interface Waits {
  readonly initialMs: Sourced<number>;
  /** Exponential if more than 1. */
  readonly factor: Sourced<number>;
  readonly maxMs?: Sourced<number>;
  readonly isRandom: boolean;
  /** Up to which share of it a wait is longer or shorter, if it is random. */
  readonly spread: Sourced<number>;
}

/** Of a retry: its own wait with what it inherits of the flags, else the wait of what it inherits from. */
export function retryWaits(chain: Chain): Waits | undefined {
  const level = levelOf(chain, 'waitDuration');
  const { isOpen, levels, own } = chain;
  const at = own.nameAt;
  if (!level) return isOpen ? undefined : steady(usual(500, at, RESILIENCE4J), at);
  const initialMs = level.durationMs('waitDuration');
  const rest: Chain = { own: level, levels: levels.slice(levels.indexOf(level)), isOpen };
  return waits(rest, initialMs, 'exponentialMaxWaitDuration', { ...rest, levels: [level] });
}

/** Of a breaker: flags count only beside a wait. */
export function openWaits(chain: Chain): Waits | undefined {
  const level = chain.levels.find((one) => {
    const ms = one.durationMs('waitDurationInOpenState');
    return one.has('waitDurationInOpenState') && (!ms || ms.value > 0);
  });
  const at = chain.own.nameAt;
  if (!level) return chain.isOpen ? undefined : steady(usual(60_000, at, RESILIENCE4J), at);
  const only: Chain = { own: level, levels: [level], isOpen: false };
  const initialMs = level.durationMs('waitDurationInOpenState');
  return waits(only, initialMs, 'exponentialMaxWaitDurationInOpenState', only);
}

function waits(
  chain: Chain,
  initialMs: Sourced<number> | undefined,
  maxKey: string,
  spreadOf: Chain,
): Waits | undefined {
  const grows = resolve(chain, 'enableExponentialBackoff', asBoolean, false);
  const isRandom = resolve(chain, 'enableRandomizedWait', asBoolean, false);
  const factor = resolve(chain, 'exponentialBackoffMultiplier', asNumber, 1.5);
  const spread = resolve(spreadOf, 'randomizedWaitFactor', asNumber, 0.5);
  const max = levelOf(chain, maxKey)?.durationMs(maxKey);
  if (!initialMs || !grows || !isRandom || !factor || !spread) return undefined;
  if (levelOf(chain, maxKey) && !max) return undefined;
  return {
    initialMs,
    factor: grows.value ? factor : { ...grows, value: 1 },
    ...(grows.value && max && { maxMs: max }),
    isRandom: isRandom.value,
    spread,
  };
}

function steady(initialMs: Sourced<number>, at: Sourced<number>['source']['at']): Waits {
  const one = usual(1, at, RESILIENCE4J);
  return { initialMs, factor: one, isRandom: false, spread: one };
}

/** When a breaker opens. */
export interface Trip {
  readonly isTimed: boolean;
  /** Calls, or seconds of a timed window. */
  readonly windowSize: Sourced<number>;
  /** Calls before it judges at all, as it is written. */
  readonly minimumCalls: Sourced<number>;
  /** The same as it counts: a window of calls holds no more than its size. */
  readonly neededCalls: number;
  readonly failurePercent: Sourced<number>;
}

export function tripOf(chain: Chain): Trip | undefined {
  const type = resolve(chain, 'slidingWindowType', asText, 'COUNT_BASED');
  const windowSize = resolve(chain, 'slidingWindowSize', asNumber, 100);
  const minimumCalls = resolve(chain, 'minimumNumberOfCalls', asNumber, 100);
  const failurePercent = resolve(chain, 'failureRateThreshold', asNumber, 50);
  // Before 2.0 the size had another name, which still may count.
  if (levelOf(chain, 'ringBufferSizeInClosedState') && !levelOf(chain, 'slidingWindowSize')) {
    return undefined;
  }
  if (!type || !windowSize || !minimumCalls || !failurePercent) return undefined;
  const isTimed = /^time[-_]?based$/i.test(type.value);
  if (!isTimed && !/^count[-_]?based$/i.test(type.value)) return undefined;
  const neededCalls = isTimed ? minimumCalls.value : Math.min(minimumCalls.value, windowSize.value);
  return { isTimed, windowSize, minimumCalls, neededCalls, failurePercent };
}

/** How many tries in all; `undefined` if nobody can know. */
export function attemptsOf(chain: Chain): Sourced<number> | undefined {
  if (levelOf(chain, 'maxRetryAttempts') && !levelOf(chain, 'maxAttempts')) return undefined;
  return resolve(chain, 'maxAttempts', asNumber, 3);
}

export function timeoutOf(chain: Chain): Sourced<number> | undefined {
  return resolve(chain, 'timeoutDuration', asDuration, 1_000);
}

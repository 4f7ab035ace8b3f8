import type { Call, Fallback, FallbackStep, Group, Member, Service } from '../model/model.ts';
import type { PlainValue } from '../model/plain-value.ts';
import { POLICY_ORDER } from '../patterns/index.ts';
import {
  count,
  duration,
  latency,
  type Part,
  plain,
  rate,
  type Said,
  said,
  unlessEmpty,
} from './values.ts';

export function servicePart(service: Service): Part {
  const calls = service.calls.map((call) => callPart(call));
  const { bulkhead, ratePerSecond, runsOn, traffic } = service;
  const part = said('Service', {
    tier: plain(service.tier),
    runsOn: plain(runsOn),
    instances: count(service.instances),
    bulkhead: plain(bulkhead),
    traffic: traffic && ratePerSecond && { rate: (rate(ratePerSecond) as Said).value },
    latency: latency(service.latency),
    contention: duration(service.contentionMs),
    errorRate: plain(service.errorRate),
    capacity: rate(service.capacityPerSecond),
    calls: calls.length > 0 ? calls.map(({ value }) => value) : undefined,
  });
  return { value: part.value, remarks: [...part.remarks, ...calls.flatMap((one) => one.remarks)] };
}

function callPart(call: Call): Part {
  const isUsualOrder = POLICY_ORDER.every((kind, index) => call.order.value[index] === kind);
  const part = said('Call', {
    to: call.to.value,
    operation: plain(call.operation),
    timeout: duration(call.timeoutMs),
    onTimeout: plain(call.onTimeout),
    deadline: duration(call.deadlineMs),
    retry: plain(call.retry),
    hedge:
      call.hedge &&
      unlessEmpty(
        said('Hedge', {
          after: duration(call.hedge.afterMs),
          attempts: count(call.hedge.attempts),
        }),
      ),
    rateLimiter: plain(call.rateLimiter),
    concurrencyLimit: plain(call.concurrencyLimit),
    circuitBreaker: plain(call.breaker),
    bulkhead: plain(call.bulkhead),
    connectionPool: plain(call.connectionPool),
    idempotent: plain(call.idempotent),
    cache:
      call.cache &&
      unlessEmpty(
        said('Cache', {
          maxAge: duration(call.cache.maxAgeMs),
          staleIfError: duration(call.cache.staleIfErrorMs),
          keys: count(call.cache.keys),
        }),
      ),
    fallback: call.fallback && fallbackValue(call.fallback),
    order: isUsualOrder ? undefined : [...call.order.value],
  });
  if (!call.doubtful) return part;
  const doubt = `Of the call to '${part.value.to}' something could not be read.`;
  return { ...part, remarks: [...part.remarks, doubt] };
}

function fallbackValue({ steps }: Fallback): PlainValue {
  return steps.map(stepValue);
}

function stepValue(step: FallbackStep): PlainValue {
  switch (step.kind) {
    case 'cache':
      return said('FallbackStep', { cache: duration(step.maxAgeMs), keys: count(step.keys) }).value;
    case 'call': {
      const { timeoutMs, to } = step;
      return said('FallbackStep', { call: to.value, timeout: duration(timeoutMs) }).value;
    }
    case 'default':
      return { default: (step.value ?? null) as PlainValue };
  }
}

export function groupPart(group: Group): Part {
  const { detection, members } = group;
  const watched =
    detection &&
    said('Detection', {
      method: plain(detection.method),
      interval: duration(detection.intervalMs),
      missed: count(detection.missed),
      weakeningPhi: plain(detection.weakeningPhi),
      failedPhi: plain(detection.failedPhi),
    });
  const withRole = (role: Member['role']) =>
    members.filter((one) => one.role === role).map(memberValue);
  const standby = withRole('standby');
  const part = said('Group', {
    type: plain(group.componentType.source.kind === 'explicit' ? group.componentType : undefined),
    minHealthy: count(group.minHealthy, 0),
    active: withRole('active'),
    standby: standby.length > 0 ? standby : undefined,
    standbyMode: plain(group.standbyMode),
    activation: duration(group.activationMs),
    coverage: plain(group.coverage),
    singleton: plain(group.singleton),
    loadBalancing: plain(group.loadBalancing),
    latency: latency(group.latency),
    contention: duration(group.contentionMs),
    errorRate: plain(group.errorRate),
    capacity: rate(group.capacityPerSecond),
    maxConnections: count(group.maxConnections),
    detection: watched?.value,
  });
  return { value: part.value, remarks: [...part.remarks, ...(watched?.remarks ?? [])] };
}

function memberValue({ name, region, weight, zone }: Member): PlainValue {
  const { value } = said('Member', {
    id: name,
    zone: plain(zone),
    region: plain(region),
    weight: plain(weight),
  });
  return Object.keys(value).length === 1 ? name : value;
}

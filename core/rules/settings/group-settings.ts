import type { Group, Model } from '../../model/model.ts';
import { perPart } from '../../model/per-part.ts';
import { callSites, fallbackCallees, knowsAllCalls } from '../facts/calls.ts';
import { idleWhere, type Useless, uselessWhere } from './useless.ts';

/** What redundancy groups say in vain. */
export function* groupSettings(model: Model): Generator<Useless> {
  const called = new Set(
    callSites(model).flatMap((site) => [
      site.callee,
      ...fallbackCallees(model, site).map(({ callee }) => callee),
    ]),
  );
  const hosting = new Set([...model.services.values()].map(({ runsOn }) => runsOn?.value));
  for (const group of model.groups.values()) {
    if (group.doubtful) continue;
    yield* byItself(group);
    const isOnlyHost = hosting.has(group.name) && !called.has(group) && knowsAllCalls(model);
    yield* uselessWhere(
      isOnlyHost,
      `'${group.name}'`,
      { latency: group.latency },
      `nothing calls '${group.name}' itself, and the services that run on it have their own. Write it there.`,
    );
  }
}

const byItself = perPart((group: Group): readonly Useless[] => [
  ...ofMembers(group),
  ...ofRecovery(group),
  ...ofReplication(group),
]);

function* ofMembers({ loadBalancing, members, name, singleton }: Group): Generator<Useless> {
  for (const { name: member, weight } of members) {
    yield* uselessWhere(
      loadBalancing.value !== 'weighted',
      `'${member}'`,
      { weight },
      `loadBalancing is ${loadBalancing.value}. Use weighted, or remove it.`,
    );
  }
  yield* idleWhere(
    loadBalancing.value === 'weighted' &&
      members.length > 1 &&
      new Set(members.map(({ weight }) => weight.value)).size === 1,
    `'${name}'`,
    { loadBalancing },
    'all members have the same weight. Give them weights, or balance at random.',
  );
  yield* uselessWhere(
    members.length === 1,
    `'${name}'`,
    { loadBalancing },
    'there is only one member. Remove it.',
  );
  yield* uselessWhere(
    singleton.value && members.length > 1,
    `'${name}'`,
    { singleton },
    `there are ${members.length} members. Remove it.`,
  );
}

function* ofRecovery({ name, recovery }: Group): Generator<Useless> {
  const { growth, maxAttempts, maxTimeMs, retryAfterMs, successRate } = recovery;
  const isOnce = successRate.value === 1 || maxAttempts.value === 1;
  const why =
    successRate.value === 1
      ? 'every first attempt works. Remove it, or lower successRate to what really does'
      : 'there is only one attempt. Remove it, or raise maxAttempts';
  yield* uselessWhere(
    isOnce,
    `'${name}'`,
    {
      growth,
      maxTime: maxTimeMs,
      retryAfter: retryAfterMs,
      ...(successRate.value === 1 && { maxAttempts }),
    },
    `${why}.`,
  );
  yield* uselessWhere(
    !isOnce && growth.value === 'constant',
    `'${name}'`,
    { maxTime: maxTimeMs },
    "with constant growth every attempt takes 'time'. Remove it.",
  );
}

function* ofReplication({ detection, members, name, replication }: Group): Generator<Useless> {
  if (detection) {
    const { failedPhi, method, missed, weakeningPhi } = detection;
    yield* uselessWhere(
      method.value === 'heartbeat',
      `'${name}'`,
      { weakeningPhi, failedPhi },
      'the method is heartbeat, which counts missing ones. Remove it, or use phi-accrual.',
    );
    yield* uselessWhere(
      method.value === 'phi-accrual',
      `'${name}'`,
      { missed },
      'the method is phi-accrual, which does not count. Remove it, or use heartbeat.',
    );
  }
  if (!replication) return;
  const { copies, lagMs, mode, read, write } = replication;
  yield* uselessWhere(
    mode.value !== 'quorum',
    `'${name}'`,
    { write, read },
    `quorums are for mode quorum, and the mode is ${mode.value}. Remove it, or change the mode.`,
  );
  yield* uselessWhere(
    mode.value === 'sync',
    `'${name}'`,
    { lag: lagMs },
    'in sync, a write is done when all copies have it. Remove it.',
  );
  yield* idleWhere(
    members.length === 1,
    `'${name}'`,
    { mode, copies },
    `'${name}' has one member, so there is nothing to replicate to. Add members.`,
  );
}

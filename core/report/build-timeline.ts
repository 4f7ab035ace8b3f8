import type { Model } from '../model/model.ts';
import type { Incident } from '../simulation/journal.ts';
import type { FirstReplication } from '../simulation/run.ts';
import { findTarget } from '../simulation/targets.ts';
import type { Placer } from './build-place.ts';
import { degradationText, tellFault, tellFaultEnd } from './fault-text.ts';
import type { Place, Timeline, TimelineEvent } from './report.ts';
import { durationText, plural } from './text.ts';

/** Nobody reads further, and a run over years has hundreds of thousands. */
const MOST_EVENTS = 500;

/** The first replication over time. */
export function buildTimeline(model: Model, first: FirstReplication, place: Placer): Timeline {
  const { engine, statistics } = first.world;
  const events = listEvents(model, first, place);
  return {
    ...statistics.timeline(engine.nowMs),
    events: events.slice(0, MOST_EVENTS),
    omittedEvents: Math.max(0, events.length - MOST_EVENTS),
  };
}

function listEvents(
  model: Model,
  { incidents, world }: FirstReplication,
  place: Placer,
): TimelineEvent[] {
  const events = incidents.map((incident) => tell(incident, model, place));
  for (const [name, breaker] of world.breakers) {
    const at = model.breakers.get(name)?.nameAt;
    for (const { atMs, state } of breaker.states.slice(1)) {
      const text = `Breaker '${name}' ${BREAKER_WORDS[state]}`;
      events.push({ atMs, kind: 'breaker', text, ...(at && { place: place(at) }) });
    }
  }
  // The sort is stable: what happened at the same time stays in the order in which it did.
  return events.sort((a, b) => a.atMs - b.atMs);
}

const BREAKER_WORDS = {
  closed: 'closes',
  open: 'opens',
  'half-open': 'lets trials through',
  isolated: 'is isolated',
} as const;

function tell(incident: Incident, model: Model, place: Placer): TimelineEvent {
  const { atMs } = incident;
  if ('fault' in incident) return tellDisturbance(incident, place);
  const name = 'target' in incident ? incident.target : incident.component;
  const at = placeOfTarget(model, name, place);
  const event = (kind: TimelineEvent['kind'], text: string): TimelineEvent => ({
    atMs,
    kind,
    text,
    ...(at && { place: at }),
  });
  switch (incident.kind) {
    case 'failure':
      return event('fault', `${name} fails (${incident.failureType}, ${incident.severity})`);
    case 'failure-while-down':
      return event('fault', `${name} fails again while it is down (${incident.failureType})`);
    case 'recovery':
      return event('repair', `${name} is back after ${durationText(incident.downMs)}`);
    case 'detected':
      return event('fault', `${name} is found to have failed${afterText(incident.afterMs)}`);
    case 'mistaken':
      return event('fault', `${name} is up, but taken for failed`);
    case 'weakening':
      return event('fault', `${name} weakens: no new work until its heartbeats come in time`);
    case 'distrusted':
      return event('fault', `${name} failed a call: no new work until it is found well`);
    case 'trusted':
      return event('repair', `${name} is trusted again`);
    case 'given-up': {
      const attempts = plural(incident.attempts, 'failed recovery', 'failed recoveries');
      return event('fault', `${name} stays down after ${attempts}`);
    }
    case 'promotion': {
      const { activationMs, group } = incident;
      const wait = activationMs > 0 ? `, serves in ${durationText(activationMs)}` : '';
      return event('promotion', `${name} is promoted in ${group}${wait}`);
    }
    case 'degradation':
      return event('fault', `${name} is degraded${degradationText(incident)}`);
    case 'degradation-end':
      return event('repair', `${name} is no longer degraded`);
  }
}

function tellDisturbance(
  { atMs, fault, kind }: Incident & { kind: 'disturbance' | 'disturbance-end' },
  place: Placer,
): TimelineEvent {
  const isOver = kind === 'disturbance-end';
  const text = isOver ? tellFaultEnd(fault) : tellFault(fault);
  return {
    atMs,
    kind: isOver ? 'repair' : 'fault',
    text: capitalised(text),
    place: place(fault.at),
  };
}

/** Names stay as they are written. */
function capitalised(text: string): string {
  return /^(?:a new|the|recoveries|no|zone|region) /.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

function afterText(ms: number): string {
  return ms > 0 ? ` after ${durationText(ms)}` : ' at once';
}

function placeOfTarget(model: Model, name: string, place: Placer): Place | undefined {
  const target = findTarget(model, name);
  switch (target?.kind) {
    case undefined:
      return undefined;
    case 'component':
      return place(target.member.nameAt);
    case 'group':
      return place(target.group.nameAt);
    case 'service':
      return place(target.service.nameAt);
  }
}

import type { Detection, Group, Member, Model, Service } from '../../model/model.ts';
import { blankGroup, blankModel, blankService } from '../blank.ts';
import { unsaid } from '../defaults.ts';
import type { Healthcheck } from './healthcheck.ts';
import { COMPOSE } from './names.ts';
import type { ComposePiece } from './piece.ts';
import { type Project, projectsOf } from './projects.ts';
import type { ComposeService } from './service.ts';

export interface ComposeWhole {
  readonly model: Model;
  readonly projects: readonly Project[];
}

/** More containers than this are counted, but not listed one by one. */
const MOST_MEMBERS = 100;

/** A group of containers for each service, and the service that runs on it. */
export function joinCompose(pieces: readonly ComposePiece[]): ComposeWhole {
  const projects = projectsOf(pieces);
  const groups = new Map<string, Group>();
  const services = new Map<string, Service>();
  const known = new Set<string>();
  for (const { files, services: own } of projects) {
    for (const service of own.values()) {
      const { file, start } = service.nameAt;
      // What two projects have in common is one thing.
      if (known.has(`${file} ${start}`)) continue;
      known.add(`${file} ${start}`);
      const name = groups.has(service.name)
        ? `${service.name} of ${files.join(', ')}`
        : service.name;
      groups.set(name, lowerContainers(name, service));
      services.set(name, {
        ...blankService(service.name, service.nameAt),
        at: service.at,
        doubtful: service.isPartial || service.fields.unclear,
        runsOn: { value: name, source: { kind: 'explicit', at: service.nameAt } },
      });
    }
  }
  const blank = blankModel(pieces[0]?.file ?? '');
  return { projects, model: { ...blank, system: COMPOSE, groups, services, wordings: {} } };
}

function lowerContainers(name: string, service: ComposeService): Group {
  const { at, deploy, healthcheck, isPartial, nameAt, replicas } = service;
  const isGlobal = deploy.has('mode') && deploy.text('mode')?.value !== 'replicated';
  const count = Math.max(0, Math.floor(replicas?.value ?? 0));
  const members = Array.from({ length: Math.min(count, MOST_MEMBERS) }, (_, index): Member => {
    return { name: `${name}-${index + 1}`, nameAt, role: 'active', weight: unsaid(1, nameAt) };
  });
  return {
    ...blankGroup(service.name, nameAt),
    at,
    doubtful: isPartial || isGlobal || !replicas || count > MOST_MEMBERS,
    members,
    minHealthy: unsaid(Math.min(1, count), nameAt),
    ...(healthcheck && healthcheck.test.kind !== 'none' && { detection: lowerCheck(healthcheck) }),
  };
}

function lowerCheck({ at, intervalMs, retries }: Healthcheck): Detection {
  return {
    at,
    method: unsaid('heartbeat', at),
    intervalMs,
    missed: retries,
    weakeningPhi: unsaid(3, at),
    failedPhi: unsaid(8, at),
  };
}

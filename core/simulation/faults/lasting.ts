/** Faults that begin, last for a while and are over, as the report tells them: by what the file says. */
import type { Fault, Model } from '../../model/model.ts';
import type { Engine } from '../engine.ts';
import type { Journal } from '../journal.ts';
import type { LocalClock } from '../local-clock.ts';
import { affectedBy } from '../targets.ts';
import type { World } from '../world.ts';

/** A fault of the file that is told as it is written there. */
export type LastingFault = Fault & {
  kind: 'clock-jump' | 'hang' | 'partition' | 'rollout' | 'slow-recovery' | 'surge';
};

interface Planned {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly fault: LastingFault;
  readonly begin: () => void;
  readonly end: () => void;
}

export function planHang(world: World, model: Model, fault: Fault & { kind: 'hang' }): void {
  const affected = affectedBy(world, model, fault.target.value);
  if (!affected) return;
  const { condition, group } = affected;
  const begin = () => {
    condition.beginHang();
    group?.update();
  };
  const end = () => {
    // As events of their own: a long line must not pile up the stack.
    for (const held of condition.endHang()) world.engine.after(0, resume, held);
    group?.update();
  };
  plan(world, fault, begin, end);
}

export function planPartition(world: World, fault: Fault & { kind: 'partition' }): void {
  const links = fault.between.flatMap(({ value: one }) =>
    fault.and.flatMap(({ value: other }) => [world.link(one, other), world.link(other, one)]),
  );
  const begin = () => {
    for (const link of links) link.cut();
  };
  const end = () => {
    for (const link of links) {
      for (const lost of link.mend()) world.engine.after(0, breakOff, lost);
    }
  };
  plan(world, fault, begin, end);
}

export function planSlowRecovery(world: World, fault: Fault & { kind: 'slow-recovery' }): void {
  const group = world.group(fault.target.value);
  const { value: factor } = fault.factor;
  const begin = () => {
    group.slowdowns.push(factor);
  };
  const end = () => {
    group.slowdowns.splice(group.slowdowns.indexOf(factor), 1);
  };
  plan(world, fault, begin, end);
}

/** Whatever is shared with other services jumps with each of them. */
export function planClockJump(world: World, fault: Fault & { kind: 'clock-jump' }): void {
  const { value: byMs } = fault.byMs;
  let clocks: readonly LocalClock[] = [];
  const begin = () => {
    clocks = world.clocksOf(fault.target.value);
    for (const clock of clocks) clock.jump(byMs);
  };
  const end = () => {
    for (const clock of clocks) clock.jump(-byMs);
  };
  plan(world, fault, begin, end);
}

export function planRollout(world: World, model: Model, fault: Fault & { kind: 'rollout' }): void {
  const service = model.services.get(fault.target.value);
  if (!service) return;
  const begin = () => world.change({ ...service, ...fault.changes });
  const end = () => world.change(service);
  plan(world, fault, begin, end);
}

/** The requests themselves come from the service's traffic, which knows of it. */
export function planSurge(world: World, fault: Fault & { kind: 'surge' }): void {
  const nothing = () => {};
  plan(world, fault, nothing, nothing);
}

function plan(
  { engine, journal }: World,
  fault: LastingFault,
  begin: () => void,
  end: () => void,
): void {
  engine.at(fault.atMs.value, start, { engine, journal, fault, begin, end });
}

function start(planned: Planned): void {
  const { begin, engine, fault, journal } = planned;
  begin();
  journal({ kind: 'disturbance', atMs: engine.nowMs, fault });
  if (fault.forMs) engine.after(fault.forMs.value, finish, planned);
}

function finish({ end, engine, fault, journal }: Planned): void {
  end();
  journal({ kind: 'disturbance-end', atMs: engine.nowMs, fault });
}

function resume(held: { resume(): void }): void {
  held.resume();
}

function breakOff(lost: { cutOff(): void }): void {
  lost.cutOff();
}

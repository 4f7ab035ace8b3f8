import { type Cycle, callsOf, cyclesOf } from '../../analysis/index.ts';
import type { Model } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import type { SourceRange } from '../../model/source.ts';
import { callSites } from './calls.ts';

/** A call from one service to another. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly at: SourceRange;
  /** Made only when another call has failed. */
  readonly isFallback: boolean;
}

/** Every call, those that fallbacks make included. */
export function stepsOf(model: Model): readonly Step[] {
  return callSites(model).flatMap(({ call, caller }) => {
    const instead = call.fallback?.steps.flatMap((step) => (step.kind === 'call' ? step.to : []));
    return [call.to, ...(instead ?? [])].map(({ source, value }, index) => ({
      from: caller.name,
      to: value,
      at: source.at,
      isFallback: index > 0,
    }));
  });
}

/** The circles that steps make. */
export function circlesAmong(model: Model, steps: readonly Step[]): readonly Cycle[] {
  const nodes = new Map(
    [...model.services.keys()].map((id) => [
      id,
      { id, calls: [] as { to: string; attempts: number }[] },
    ]),
  );
  for (const { from, to } of steps) nodes.get(from)?.calls.push({ to, attempts: 1 });
  return cyclesOf(callsOf({ nodes: [...nodes.values()] }));
}

const circleByService = perModel((model) => {
  const circles = circlesAmong(model, stepsOf(model));
  return new Map(
    circles.flatMap((circle) => circle.members.map((name) => [name, circle] as const)),
  );
});

/** Whether two services, or one and itself, call each other in a circle. */
export function areInOneCircle(model: Model, one: string, other: string): boolean {
  const circle = circleByService(model).get(one);
  return circle !== undefined && circle === circleByService(model).get(other);
}

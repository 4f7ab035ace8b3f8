import type { NativeSystem } from '../convert/index.ts';
import type { PlainValue } from '../model/plain-value.ts';

/** A small system in which a defect shows, or no longer shows. */
export interface Scene {
  readonly scenario: string;
  readonly description: string;
  /** The policies, by section and name. */
  readonly policies: Readonly<Record<string, Readonly<Record<string, Mapping>>>>;
  readonly call: Mapping;
  readonly caller: string;
  readonly callee: string;
  /** How long an answer takes; `0s` for none. */
  readonly latency: string;
  readonly play: Mapping;
  readonly durationText: string;
}

type Mapping = Readonly<Record<string, PlainValue>>;

/** Before each call: a run in which no time passes at all would show nothing. */
export const CALLER_MS = 1;

/** Nothing else takes time but what the scene is about, and nothing is left to chance. */
export function systemOf(scene: Scene, system: string): NativeSystem {
  const part = (value: Mapping) => ({ value, remarks: [] });
  const sections = Object.entries(scene.policies).map(([section, policies]) => [
    section,
    Object.fromEntries(Object.entries(policies).map(([name, value]) => [name, part(value)])),
  ]);
  return {
    system,
    sections: {
      ...Object.fromEntries(sections),
      services: {
        [scene.caller]: part({
          latency: `${CALLER_MS}ms`,
          calls: [{ to: scene.callee, ...scene.call }],
        }),
        [scene.callee]: part({ latency: scene.latency }),
      },
    },
    others: {
      scenarios: { [scene.scenario]: scene.play },
      simulation: { duration: scene.durationText, replications: 1 },
    },
  };
}

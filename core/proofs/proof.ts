import { writeNative } from '../convert/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import type { Provable } from '../rules/index.ts';
import { type Scene, systemOf } from './scene.ts';
import { SCENES } from './scenes.ts';
import { sitesOf } from './site.ts';

/** A config whose simulation shows what a finding says. */
export interface Proof {
  /** What happens in it, in a sentence. */
  readonly description: string;
  /**
   * A native config with one scenario, whose expectation the run does not meet. It holds the policies
   * that the finding is about, as they are, and nothing else.
   */
  readonly text: string;
  /** The same with what the finding asks for: there the run meets it. */
  readonly mendedText: string;
  /** What is changed in it. */
  readonly change: string;
}

/**
 * Makes a config that shows what a finding says.
 *
 * @param what the defect, as the rule of the finding says
 * @returns nothing where the numbers of the file do not make it happen for sure
 */
export function proofOf(model: Model, finding: Finding, what: Provable): Proof | undefined {
  for (const site of sitesOf(model, finding)) {
    const scenes = SCENES[what](site);
    if (!scenes) continue;
    const { asIs, change, mended } = scenes;
    const write = (scene: Scene, head: readonly string[]) =>
      writeNative(systemOf(scene, model.system), head);
    return {
      description: asIs.description,
      text: write(asIs, [
        `Shows what ${finding.ruleId} has found.`,
        asIs.description,
        `Simulate it: the scenario's expectation is missed. With '${change}' it is met.`,
      ]),
      mendedText: write(mended, [`The same with '${change}': the scenario's expectation is met.`]),
      change,
    };
  }
  return undefined;
}

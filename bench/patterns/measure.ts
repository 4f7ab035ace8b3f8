/**
 * Measures one scenario of one library, alone in this process, and prints what a call takes in all
 * and what it takes bare, ns.
 */
import { argv } from 'node:process';
import { measure } from 'mitata';
import { type Call, operation, type Scenario, type Subject } from './subject.ts';

export const LIBRARIES = {
  faultline: async () => (await import('./libraries/faultline.ts')).faultline,
  faultlineEveryReading: async () =>
    (await import('./libraries/faultline.ts')).faultlineEveryReading,
  cockatiel: async () => (await import('./libraries/cockatiel.ts')).cockatiel,
  opossum: async () => (await import('./libraries/opossum.ts')).opossum,
  byHand: async () => (await import('./libraries/by-hand.ts')).byHand,
} satisfies Record<string, () => Promise<Subject>>;
export type Library = keyof typeof LIBRARIES;

export interface Measured {
  readonly callNs: number;
  readonly bareNs: number;
}

/** Enough calls a sample to have garbage collection in every one of them. */
const CALLS_A_SAMPLE = 32_768;

/** The fastest of many samples, because all that can disturb one makes it slower. */
async function fastestNs(call: Call): Promise<number> {
  const { min } = await measure(call, { batch_samples: CALLS_A_SAMPLE, batch_threshold: Infinity });
  return min;
}

if (import.meta.main) {
  const [library, scenario] = argv.slice(2) as [Library, Scenario];
  const subject = await LIBRARIES[library]();
  const callNs = await fastestNs(await subject[scenario]());
  const measured: Measured = { callNs, bareNs: await fastestNs(operation) };
  console.log(JSON.stringify(measured));
}

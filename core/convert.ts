import { nativeSystem, writeNative } from './convert/index.ts';
import type { Model } from './model/model.ts';

/**
 * Writes what a model says as a native config, with remarks on whose defaults it holds and on what it
 * cannot say. It means the same as the model, up to names.
 *
 * @param file where it is from
 */
export function convert(model: Model, file: string): string {
  return writeNative(nativeSystem(model), [
    `Converted from ${file.split('/').pop()}, which says nothing of traffic, latencies and objectives: with them more of it can be judged and simulated.`,
  ]);
}

import type { Definition, Model } from '../model/model.ts';
import type { PlainValue } from '../model/plain-value.ts';
import { nativeModel } from './native-model.ts';
import {
  breakerPart,
  bulkheadPart,
  concurrencyLimitPart,
  connectionPoolPart,
  rateLimiterPart,
  retryPart,
} from './policies.ts';
import { groupPart, servicePart } from './services.ts';
import type { Part } from './values.ts';

/** A native config as data: its sections, with what is to be said of each part beside it. */
export interface NativeSystem {
  readonly system: string;
  readonly sections: Readonly<Record<string, Readonly<Record<string, Part>>>>;
  /** What is said otherwise, as scenarios are. */
  readonly others?: Readonly<Record<string, PlainValue>>;
}

/**
 * What a model says in the words of Faultline's own format: its redundancy groups, services, calls and
 * policies. Objectives, scenarios and failures of whole zones are nothing that other tools know of.
 */
export function nativeSystem(model: Model): NativeSystem {
  const native = nativeModel(model);
  const section = <T extends Definition>(
    parts: ReadonlyMap<string, T>,
    write: (part: T) => Part,
  ): Record<string, Part> =>
    Object.fromEntries([...parts].map(([name, part]) => [name, withDoubt(part, write(part))]));
  return {
    system: model.system,
    sections: {
      redundancy: section(native.groups, groupPart),
      circuitBreakers: section(native.breakers, breakerPart),
      bulkheads: section(native.bulkheads, bulkheadPart),
      retries: section(native.retries, retryPart),
      rateLimiters: section(native.rateLimiters, rateLimiterPart),
      concurrencyLimits: section(native.concurrencyLimits, concurrencyLimitPart),
      connectionPools: section(native.connectionPools, connectionPoolPart),
      services: section(native.services, servicePart),
    },
  };
}

function withDoubt({ doubtful }: Definition, part: Part): Part {
  if (!doubtful) return part;
  const doubt = 'Something of it could not be read, or has no place in this format.';
  return { ...part, remarks: [doubt, ...part.remarks] };
}

import type { Group, Service } from '../model/model.ts';
import type { Source } from '../model/source.ts';

/**
 * A part of a file of another tool with what a native config says of it under the same name: numbers
 * that the tool does not know, such as latencies, traffic and how often members fail. What the tool's
 * file says, and what is the tool's own default, stays.
 */
export function overlaid<T extends Group | Service>(part: T, own: T): T {
  const { at, doubtful, name, nameAt } = own;
  const filled = fill(part, own) as T;
  return { ...filled, at, name, nameAt, doubtful: doubtful || part.doubtful };
}

function fill(part: unknown, own: unknown): unknown {
  if (own === undefined) return part;
  if (part === undefined) return own;
  if (isSourced(part) && isSourced(own)) {
    const isSaid = part.source.kind === 'explicit' || part.source.of !== undefined;
    return isSaid || own.source.kind === 'default' ? part : own;
  }
  if (Array.isArray(part)) return part.length > 0 ? part : own;
  if (!isObject(part) || !isObject(own)) return part;
  const keys = new Set([...Object.keys(part), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, fill(part[key], own[key])]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSourced(value: unknown): value is { readonly source: Source } {
  return isObject(value) && 'value' in value && 'source' in value;
}

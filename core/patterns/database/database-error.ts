import { RejectedError } from '../common/rejected-error.ts';

/**
 * What an error says of the node that a call ran on:
 * - `connection-refused`: nobody is there. The node has failed.
 * - `timeout`: it does not answer. The node has failed.
 * - `rejected`: a policy of our own did not let the call be made. Nothing.
 * - `cancelled`: the caller gave up. Nothing, and nobody waits for another try.
 * - `other`: it answers, but something is wrong with it. The node is degraded.
 */
export type DatabaseErrorKind =
  | 'connection-refused'
  | 'timeout'
  | 'rejected'
  | 'cancelled'
  | 'other';

/** Of Node's sockets and of undici. */
const KIND_BY_CODE: ReadonlyMap<unknown, DatabaseErrorKind> = new Map([
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTDOWN', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['ENETUNREACH', 'connection-refused'],
  ['ETIMEDOUT', 'timeout'],
  ['ESOCKETTIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
]);

/** Of the web platform, and of our own timeout. */
const KIND_BY_NAME: ReadonlyMap<unknown, DatabaseErrorKind> = new Map([
  ['TimeoutError', 'timeout'],
  ['AbortError', 'cancelled'],
]);

/** How many errors inside errors are looked at. */
const MOST_ERRORS = 16;

/**
 * Tells what an error says of the node. Types and codes come first, those of its causes included;
 * text only counts when none of them is known.
 */
export function databaseErrorKind(error: unknown): DatabaseErrorKind {
  const errors = withCauses(error);
  for (const each of errors) {
    const kind = kindByType(each);
    if (kind !== undefined) return kind;
  }
  for (const each of errors) {
    const kind = kindByText(each);
    if (kind !== undefined) return kind;
  }
  return 'other';
}

function kindByType(error: unknown): DatabaseErrorKind | undefined {
  if (error instanceof RejectedError) return 'rejected';
  if (!isObject(error)) return undefined;
  return KIND_BY_CODE.get(error.code) ?? KIND_BY_NAME.get(error.name);
}

function kindByText(error: unknown): DatabaseErrorKind | undefined {
  const text = isObject(error) ? error.message : error;
  if (typeof text !== 'string') return undefined;
  if (/connection refused|ECONNREFUSED/i.test(text)) return 'connection-refused';
  return /timeout|timed out|ETIMEDOUT/i.test(text) ? 'timeout' : undefined;
}

/** The error itself in front, then what caused it, and the parts of one that stands for several. */
function withCauses(error: unknown): ReadonlySet<unknown> {
  // A set, because causes may go round in a circle.
  const found = new Set([error]);
  for (const each of found) {
    if (!isObject(each)) continue;
    const parts = Array.isArray(each.errors) ? each.errors : [];
    for (const part of [each.cause, ...parts]) if (found.size < MOST_ERRORS) found.add(part);
  }
  return found;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

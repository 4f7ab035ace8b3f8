/**
 * The condition on which a Dapr breaker opens: a CEL expression over five counts of whole numbers.
 * Source: dapr/dapr, `pkg/resiliency/breaker/circuitbreaker.go` and `pkg/expr/expr.go`.
 */
export interface Trip {
  /** Failures after which it opens, where that is all that it says. */
  readonly opensAfter?: { readonly count: CountName; readonly failures: number };
  /** Names that Dapr does not set: an expression that needs one cannot be evaluated. */
  readonly unknownNames: readonly string[];
  /** Whether it may be true although one of its parts cannot be evaluated. */
  readonly hasAlternatives: boolean;
  /** A quotient of two counts, which is a whole number: 0 or 1 for a share. */
  readonly wholeQuotient?: string;
}

export const COUNT_NAMES = [
  'requests',
  'totalSuccesses',
  'totalFailures',
  'consecutiveSuccesses',
  'consecutiveFailures',
] as const;
export type CountName = (typeof COUNT_NAMES)[number];

const FAILURES: ReadonlySet<string> = new Set(['totalFailures', 'consecutiveFailures']);
const COMPARISON = /^\(*\s*(\w+)\s*(>=|>|==)\s*(\d+)\s*\)*$/;
const QUOTIENT = /(?<![\w.(])\(?\s*(\w+)\s*\/\s*(\w+)(?![\w(.])/;
const WORDS = new Set(['true', 'false', 'null', 'in']);

export function readTrip(text: string): Trip {
  const code = text.replace(/"[^"]*"|'[^']*'/g, '""');
  const names = [...code.matchAll(/(?<![\w.])([A-Za-z_]\w*)(?!\w*\s*\()/g)].map(
    ([, name = '']) => name,
  );
  const unknown = names.filter((name) => !isCount(name) && !WORDS.has(name));
  const [, name = '', sign = '', limit = ''] = COMPARISON.exec(code.trim()) ?? [];
  const [quotient, over = '', under = ''] = QUOTIENT.exec(code) ?? [];
  return {
    unknownNames: [...new Set(unknown)],
    hasAlternatives: code.includes('||'),
    ...(FAILURES.has(name) &&
      isCount(name) && {
        opensAfter: { count: name, failures: Number(limit) + (sign === '>' ? 1 : 0) },
      }),
    ...(quotient !== undefined &&
      isCount(over) &&
      isCount(under) && { wholeQuotient: `${over} / ${under}` }),
  };
}

function isCount(name: string): name is CountName {
  return COUNT_NAMES.some((one) => one === name);
}

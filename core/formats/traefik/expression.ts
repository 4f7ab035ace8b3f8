/**
 * The condition on which a breaker opens: comparisons of measures of the last ten seconds with numbers,
 * joined by `&&` and `||`. Whole numbers and fractions are different things in it.
 * Source: vulcand/oxy, `cbreaker/predicates.go`.
 */
export interface Expression {
  /** Why Traefik refuses it, in a sentence; absent where it does not, or where nobody can tell. */
  readonly problem?: string;
  /** The shares that it opens at, where nothing asks for more requests. */
  readonly opensAtShare: boolean;
}

const COMPARISON = /^(\w+)\(([^()]*)\)\s*(?:>=|<=|==|!=|>|<)\s*(-?[\d.]+)$/;

/** What the arguments are, and what a measure is compared with. */
const MEASURES: Readonly<
  Record<string, { readonly arguments: number; readonly isShare: boolean }>
> = {
  LatencyAtQuantileMS: { arguments: 1, isShare: false },
  NetworkErrorRatio: { arguments: 0, isShare: true },
  ResponseCodeRatio: { arguments: 4, isShare: true },
  RequestThreshold: { arguments: 0, isShare: false },
};
export const MEASURE_NAMES = Object.keys(MEASURES);

export function readExpression(text: string): Expression {
  const comparisons = text.split(/&&|\|\|/).map(withoutBrackets);
  const problem = comparisons.map(problemOf).find((one) => one !== undefined);
  const alternatives = text.split('||');
  // With brackets, what goes with what is not told apart here.
  const parts = text.includes('RequestThreshold') && /\(\s*\w+\s*\(/.test(text) ? [] : alternatives;
  const isAtOnce = (part: string) => /Ratio\s*\(/.test(part) && !part.includes('RequestThreshold');
  return {
    ...(problem !== undefined && { problem }),
    opensAtShare: problem === undefined && parts.some(isAtOnce),
  };
}

/** The brackets around comparisons are those that have no partner in them. */
function withoutBrackets(part: string): string {
  const inner = part.trim().replace(/^[(\s]+(?=\w)/, '');
  const surplus = [...inner].reduce(
    (open, letter) => (letter === '(' ? open - 1 : letter === ')' ? open + 1 : open),
    0,
  );
  return surplus > 0 ? inner.replace(new RegExp(`(?:\\s*\\)){${surplus}}$`), '') : inner;
}

function problemOf(comparison: string): string | undefined {
  const [, unknown = ''] = /^(\w+)\s*\(/.exec(comparison) ?? [];
  if (unknown !== '' && !Object.hasOwn(MEASURES, unknown)) return `There is no '${unknown}'.`;
  const [, name = '', list = '', limit = ''] = COMPARISON.exec(comparison) ?? [];
  const measure = MEASURES[name];
  // What is written in another way may still be right.
  if (!measure) return undefined;
  const given = list.split(',').filter((one) => one.trim() !== '');
  if (given.length !== measure.arguments) {
    return `${name} takes ${measure.arguments === 0 ? 'no arguments' : `${measure.arguments} arguments`}, not ${given.length}.`;
  }
  if (name === 'LatencyAtQuantileMS' && /^\s*\d+\s*$/.test(list)) {
    return `The quantile must be a fraction: ${name}(${list.trim()}.0).`;
  }
  const isWhole = /^-?\d+$/.test(limit);
  if (measure.isShare && isWhole) {
    return `${name} is compared with fractions only: write ${limit}.0.`;
  }
  if (!measure.isShare && !isWhole) return `${name} is compared with whole numbers only.`;
  return undefined;
}

/**
 * Logarithms and powers that are the same to the last bit wherever they are computed. The language
 * leaves those of `Math` to each engine, and engines differ; sums, products, quotients and square roots
 * are exact everywhere. Within 4 units in the last place of the true value, `power` within as many as
 * its logarithm is large.
 */

/** ln 2 in two parts: the first has few enough bits for its multiples by exponents to be exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Larger and smaller arguments give infinity and nothing. */
const MOST = 709.782712893384;
const LEAST = -745.1332191019412;

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);
/** Which half has the exponent: the second where the lower bytes come first. */
number[0] = 1;
const UPPER = halves[0] === 0 ? 1 : 0;
const BIAS = 1023;

/** 2 to a whole number in [−1022, 1023]. */
function powerOfTwo(exponent: number): number {
  halves[1 - UPPER] = 0;
  halves[UPPER] = (exponent + BIAS) << 20;
  return number[0] as number;
}

/** The natural logarithm; −∞ of 0, and NaN of less. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  // Numbers without a whole mantissa are made to have one.
  if (x < 2.2250738585072014e-308) return log(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW;
  number[0] = x;
  let exponent = ((halves[UPPER] as number) >> 20) - BIAS;
  halves[UPPER] = ((halves[UPPER] as number) & 0xfffff) | (BIAS << 20);
  let mantissa = number[0] as number;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh s, by its series; |s| is at most 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 0;
  for (let odd = 23; odd >= 3; odd -= 2) series = (series + 1 / odd) * z;
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * s * series + 2 * s);
}

/** e to the power of x. */
export function exp(x: number): number {
  if (!(x <= MOST)) return x > MOST ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < LEAST) return 0;
  const halvings = Math.round(x / Math.LN2);
  const rest = x - halvings * LN2_HIGH - halvings * LN2_LOW;
  // The series of Taylor; |rest| is at most 0.35.
  let series = 0;
  for (let n = 14; n >= 1; n--) series = (1 + series) * (rest / n);
  // In two steps: the whole may be more or less than one number can hold.
  const half = halvings >> 1;
  return (1 + series) * powerOfTwo(half) * powerOfTwo(halvings - half);
}

/** A base from 0 on to any power but 0. */
export function power(base: number, exponent: number): number {
  return exponent === 1 ? base : exp(exponent * log(base));
}

/** The logarithm of 1 + x, also where x is very small (Kahan). */
export function log1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (log(sum) * x) / (sum - 1);
}

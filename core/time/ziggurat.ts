import { exp, log } from '../math/portable.ts';
import type { RandomStream } from './random.ts';

const LAYERS = 256;

/**
 * A falling density in layers of equal area, of which the lowest has the tail (Marsaglia and Tsang,
 * "The Ziggurat Method for Generating Random Variables", 2000, with the layer and the place in it
 * taken from different bits of a draw).
 */
interface Ziggurat {
  /** How far each layer reaches, and beyond the last one 0: `reaches[i + 1]` lies inside for sure. */
  readonly reaches: Float64Array;
  /** The density there. */
  readonly heights: Float64Array;
}

/**
 * @param tailFrom where the tail begins
 * @param area of each layer, the tail included: it belongs to `tailFrom` and the number of layers
 */
function build(
  density: (x: number) => number,
  inverse: (height: number) => number,
  tailFrom: number,
  area: number,
): Ziggurat {
  const reaches = new Float64Array(LAYERS + 1);
  reaches[0] = area / density(tailFrom);
  reaches[1] = tailFrom;
  for (let layer = 2; layer < LAYERS; layer++) {
    const before = reaches[layer - 1] as number;
    reaches[layer] = inverse(density(before) + area / before);
  }
  return { reaches, heights: reaches.map(density) };
}

const exponentialDensity = (x: number): number => exp(-x);
const normalDensity = (x: number): number => exp((-x * x) / 2);

const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL = build(
  exponentialDensity,
  (height) => -log(height),
  EXPONENTIAL_TAIL,
  0.003949659822581557,
);
const NORMAL_TAIL = 3.6541528853610088;
const NORMAL = build(
  normalDensity,
  (height) => Math.sqrt(-2 * log(height)),
  NORMAL_TAIL,
  0.00492867323399,
);

/**
 * Draws from an exponential distribution.
 *
 * Takes one number of the stream in 98.9 % of the cases, else more. How many depends on the stream
 * alone, so two runs of equal streams stay aligned whatever is made of what is drawn.
 */
export function drawExponential(mean: number, random: RandomStream): number {
  return mean * drawUnitExponential(random);
}

function drawUnitExponential(random: RandomStream): number {
  const { heights, reaches } = EXPONENTIAL;
  for (let beyond = 0; ; ) {
    const scaled = random.next() * LAYERS;
    const layer = scaled | 0;
    const x = (scaled - layer) * (reaches[layer] as number);
    if (x < (reaches[layer + 1] as number)) return beyond + x;
    // What lies beyond any point is distributed as all of it.
    if (layer === 0) beyond += EXPONENTIAL_TAIL;
    else if (isBelow(x, layer, heights, exponentialDensity, random)) return beyond + x;
  }
}

/** Draws from the standard normal distribution; for how many numbers of the stream, see above. */
export function drawNormal(random: RandomStream): number {
  const { heights, reaches } = NORMAL;
  for (;;) {
    const scaled = random.next() * (2 * LAYERS);
    const side = scaled | 0;
    const layer = side >> 1;
    const x = (scaled - side) * (reaches[layer] as number);
    const sign = (side & 1) === 0 ? 1 : -1;
    if (x < (reaches[layer + 1] as number)) return sign * x;
    if (layer === 0) return sign * drawNormalTail(random);
    if (isBelow(x, layer, heights, normalDensity, random)) return sign * x;
  }
}

/** Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", 1964. */
function drawNormalTail(random: RandomStream): number {
  for (;;) {
    const x = drawUnitExponential(random) / NORMAL_TAIL;
    if (2 * drawUnitExponential(random) > x * x) return NORMAL_TAIL + x;
  }
}

/** Whether a point at a random height of the layer, beyond what lies inside for sure, does so too. */
function isBelow(
  x: number,
  layer: number,
  heights: Float64Array,
  density: (x: number) => number,
  random: RandomStream,
): boolean {
  const lower = heights[layer] as number;
  const upper = heights[layer + 1] as number;
  return lower + random.next() * (upper - lower) < density(x);
}

/** A source of random numbers that gives the same sequence on every platform. */
export interface RandomStream {
  /** The next number, uniform in [0, 1), in steps of 2⁻³². */
  next(): number;
}

/**
 * Starts the random stream that belongs to a seed and a list of names. Each entity and purpose has
 * its own, as in `createRandom(seed, 'db-1', 'latency')`: then an edit in one place does not change
 * the draws in another.
 *
 * The generator is xoshiro128** (Blackman and Vigna, 2018).
 */
export function createRandom(seed: number, ...names: readonly (string | number)[]): RandomStream {
  return new Xoshiro128(hash([seed, ...names]));
}

/** Random numbers for live use, where nothing is to be repeated. */
export const systemRandom: RandomStream = { next: () => Math.random() };

type State = readonly [number, number, number, number];

class Xoshiro128 implements RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor([a, b, c, d]: State) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  next(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return (result >>> 0) / 2 ** 32;
  }
}

/** Hashes the parts to the state of a generator: four murmur3 hashes that differ in their start. */
function hash(parts: readonly (string | number)[]): State {
  const texts = parts.map(String);
  const lane = (start: number): number => {
    let h = start;
    for (const text of texts) {
      // The length goes in first, so that ('ab', 'c') and ('a', 'bc') are different streams.
      h = absorb(h, text.length);
      for (let i = 0; i < text.length; i += 1) h = absorb(h, text.charCodeAt(i));
    }
    return finish(h);
  };
  // The last lane is odd, because the generator cannot leave the state of four zeros.
  return [lane(0x9e3779b9), lane(0x243f6a88), lane(0xb7e15162), lane(0x6a09e667) | 1];
}

function absorb(h: number, word: number): number {
  const mixed = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return Math.imul(rotateLeft(h ^ mixed, 13), 5) + 0xe6546b64;
}

function finish(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchOptions, searchLimit } from './search.ts';
import type { Outcome, Trial } from './trial.ts';

const OPTIONS: SearchOptions = { least: 0.01, most: 32, precision: 1.04 };

function search(outcomeAt: (factor: number) => Outcome, options = OPTIONS) {
  const trial = (factor: number): Trial => {
    return { factor, outcome: outcomeAt(factor), runs: 5, stuck: 0, overloaded: 0, cameBack: 0 };
  };
  return searchLimit(trial(1), trial, options);
}

describe('the limit', () => {
  it('lies between two loads that are near each other, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 20, noNaN: true }),
        fc.constantFrom<Outcome>('stuck', 'overloaded'),
        (limit, above) => {
          const { comesBack, gives, trials } = search((f) => (f < limit ? 'comes-back' : above));
          expect(comesBack?.factor).toBeLessThan(limit);
          expect(gives?.factor).toBeGreaterThanOrEqual(limit);
          expect((gives?.factor ?? 9) / (comesBack?.factor ?? 1)).toBeLessThanOrEqual(1.04);
          expect(gives?.outcome).toBe(above);
          expect(trials.length).toBeLessThanOrEqual(16);
          const factors = trials.map(({ factor }) => factor);
          expect(factors).toEqual(factors.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('is not made up where there is none', () => {
    expect(search(() => 'comes-back').gives).toBeUndefined();
    expect(search(() => 'stuck').comesBack).toBeUndefined();
    expect(search(() => 'unclear')).toMatchObject({ trials: expect.any(Array) });
  });

  it('is left as wide as what nobody can tell', () => {
    const found = search((f) => (f < 0.4 ? 'comes-back' : f < 0.8 ? 'unclear' : 'stuck'));
    expect(found.comesBack?.factor).toBeLessThan(0.4);
    expect(found.gives?.factor).toBeGreaterThanOrEqual(0.8);
  });

  it('is looked for within bounds', () => {
    const tried: number[] = [];
    search((factor) => {
      tried.push(factor);
      return 'stuck';
    });
    expect(Math.min(...tried)).toBeGreaterThanOrEqual(OPTIONS.least);
    search((factor) => {
      tried.push(factor);
      return 'comes-back';
    });
    expect(Math.max(...tried)).toBeLessThanOrEqual(OPTIONS.most);
  });
});

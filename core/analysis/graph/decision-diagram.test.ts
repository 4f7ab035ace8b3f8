import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecisionDiagram, FALSE, TRUE } from './decision-diagram.ts';

describe('DecisionDiagram', () => {
  it('gives equal functions the same number', () => {
    const diagram = new DecisionDiagram();
    const even = { yes: 0.5, no: 0.5 };
    const [a, b, c] = [diagram.variable(even), diagram.variable(even), diagram.variable(even)];
    const twoOfThree = diagram.atLeast(2, [a, b, c]);
    const either = diagram.ifThenElse(b, TRUE, c);
    expect(diagram.ifThenElse(a, either, diagram.and(b, c))).toBe(twoOfThree);
    expect(diagram.atLeast(2, [c, a, b])).toBe(twoOfThree);
    expect(diagram.and(a, diagram.ifThenElse(a, FALSE, TRUE))).toBe(FALSE);
  });

  it('knows how likely so many of some functions are, shared ones included', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const chosen = fc.array(fc.nat(5), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(probability, { minLength: 6, maxLength: 6 }),
        chosen,
        fc.nat(6),
        (p, of, k) => {
          const diagram = new DecisionDiagram();
          const variables = p.map((yes) => diagram.variable({ yes, no: 1 - yes }));
          const f = diagram.atLeast(
            k,
            of.map((i) => variables[i] ?? FALSE),
          );
          let yes = 0;
          for (let set = 0; set < 2 ** 6; set++) {
            const chance = p.reduce((all, one, i) => all * ((set >> i) % 2 ? one : 1 - one), 1);
            if (of.filter((i) => (set >> i) % 2).length >= k) yes += chance;
          }
          expect(diagram.chanceOf(f).yes).toBeCloseTo(yes, 12);
          expect(diagram.chanceOf(f).no).toBeCloseTo(1 - yes, 12);
        },
      ),
    );
  });

  it('takes 50,000 variables in a row without recursion', () => {
    const diagram = new DecisionDiagram();
    const nearlyCertain = { yes: 1 - 1e-5, no: 1e-5 };
    const variables = Array.from({ length: 50_000 }, () => diagram.variable(nearlyCertain));
    const all = diagram.atLeast(variables.length, variables);
    expect(diagram.isFull).toBe(false);
    expect(diagram.chanceOf(all).yes).toBeCloseTo(Math.exp(-0.5), 5);
  });

  it('says when it is full', () => {
    const diagram = new DecisionDiagram();
    const variables = Array.from({ length: 2000 }, () => diagram.variable({ yes: 0.5, no: 0.5 }));
    diagram.atLeast(1000, variables);
    expect(diagram.isFull).toBe(true);
  });
});

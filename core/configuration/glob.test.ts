import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

describe('a pattern', () => {
  it.each([
    ['a.yaml', 'a.yaml', true],
    ['a.yaml', 'b/a.yaml', true],
    ['/a.yaml', 'b/a.yaml', false],
    ['./a.yaml', 'a.yaml', true],
    ['*.json', 'b/c/shop.resilience.json', true],
    ['*.json', 'shop.yaml', false],
    ['legacy/', 'legacy/a/b.yaml', true],
    ['legacy/', 'old/legacy/b.yaml', true],
    ['/legacy/', 'old/legacy/b.yaml', false],
    ['legacy/*', 'legacy/a/b.yaml', false],
    ['legacy/**', 'legacy/a/b.yaml', true],
    ['**/a/*.yaml', 'a/b.yaml', true],
    ['**/a/*.yaml', 'x/y/a/b.yaml', true],
    ['a/**/b.yaml', 'a/b.yaml', true],
    ['a/**/b.yaml', 'a/x/y/b.yaml', true],
    ['a/**/b.yaml', 'a/x/y/c.yaml', false],
    ['?.yaml', 'a.yaml', true],
    ['?.yaml', 'ab.yaml', false],
    ['a*c*.yaml', 'abcbcd.yaml', true],
    ['a[b].yaml', 'a[b].yaml', true],
    ['a.yaml', 'aXyaml', false],
    ['*', 'a/b', true],
  ])('%j for %j: %s', (pattern, path, expected) =>
    expect(matchesGlob(path, pattern)).toBe(expected),
  );

  it('means what the regular expression for it means', () => {
    const name = fc.array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 8 });
    const words = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, words, (parts, letters) => {
        const [pattern, text] = [parts.join(''), letters.join('')];
        const expression = pattern.replaceAll('*', '[ab]*').replaceAll('?', '[ab]');
        expect(matchesGlob(`x/${text}`, `x/${pattern}`)).toBe(
          new RegExp(`^${expression}$`).test(text),
        );
      }),
    );
  });

  it('is answered at once, however it is made', () => {
    const path = `${'a/'.repeat(500)}${'a'.repeat(2_000)}`;
    expect(matchesGlob(path, `${'**/'.repeat(200)}${'*a'.repeat(400)}b`)).toBe(false);
  });
});

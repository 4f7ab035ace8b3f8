import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { Workspace } from '../workspace.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const TEXTS = globSync('*/fixtures/*.{yaml,yml}', { cwd: folder })
  .sort()
  .map((name) => readFileSync(`${folder}${name}`, 'utf8').replace(/^#.*\n/gm, ''));

/** What has no business where it is put. */
const STRAY = [
  '-1',
  '1e999',
  'null',
  '[]',
  '{}',
  '~',
  '"x"',
  '$(X)',
  '{{ .X }}',
  '---\n',
  '&a',
  '*a',
];

/** A file that somebody has edited without looking. */
const spoiled = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.constantFrom(...STRAY), fc.constant(''))), {
      maxLength: 4,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, [at, length, stray]) => {
      const start = at % (edited.length + 1);
      return edited.slice(0, start) + stray + edited.slice(start + length);
    }, text),
  );

/** A value of one of the files, in place of another one. */
const misplaced = fc
  .tuple(fc.constantFrom(...TEXTS), fc.nat(), fc.constantFrom(...STRAY))
  .map(([text, at, stray]) => {
    const values = [...text.matchAll(/: ([^\s{}[\],]+)/g)];
    const value = values[at % values.length];
    if (!value) return text;
    const start = value.index + 2;
    return text.slice(0, start) + stray + text.slice(start + (value[1] ?? '').length);
  });

it('no text is too odd to be judged, and findings are in it', () => {
  fc.assert(
    fc.property(fc.oneof(spoiled, misplaced), (text) => {
      const failures: unknown[] = [];
      const { findings } = analyse(text, 'some.yaml', {
        onRuleFailure: (rule, error) => failures.push([rule.id, error]),
      });
      expect(failures).toEqual([]);
      for (const { at, message, related } of findings) {
        expect(at.start).toBeLessThanOrEqual(at.end);
        expect(at.end).toBeLessThanOrEqual(text.length);
        expect(message).not.toMatch(/undefined|NaN|\[object|Infinity/);
        for (const one of related) expect(one.at.file).toBe('some.yaml');
      }
    }),
    { numRuns: 300 },
  );
});

it('edits come to the same as reading anew', () => {
  fc.assert(
    fc.property(fc.array(spoiled, { minLength: 2, maxLength: 4 }), (texts) => {
      const edited = new Workspace();
      for (const text of texts) {
        edited.set('some.yaml', text);
        edited.analyse('some.yaml');
      }
      const fresh = new Workspace();
      fresh.set('some.yaml', texts.at(-1) ?? '');
      expect(edited.analyse('some.yaml')?.findings).toEqual(fresh.analyse('some.yaml')?.findings);
    }),
    { numRuns: 60 },
  );
});

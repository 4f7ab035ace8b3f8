import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { applyEdits, DocumentsEditor } from '../config/edit/index.ts';
import type { Finding } from '../model/finding.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

const cases = globSync('*/fixtures/*.{yaml,yml,json}', { cwd: folder })
  .sort()
  .flatMap((name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8').replace(/^#.*\n/gm, '');
    return analyse(text, name).findings.flatMap((finding) =>
      (finding.fixes ?? []).map((fix) => ({
        name: `${name}, ${finding.ruleId} at ${finding.at.start}: ${fix.title}`,
        file: name,
        text,
        finding,
        fix,
      })),
    );
  });

describe('fixes of files of other tools', () => {
  it('are there', () => expect(cases.length).toBeGreaterThan(20));

  it.each(cases)('$name', ({ file, finding, fix, text }) => {
    const planned = new DocumentsEditor(text).planChanges(fix.changes);
    if (planned.kind !== 'edits') throw new Error(`Refused: ${planned.reason}.`);
    const before = analyse(text, file).findings;
    const after = analyse(applyEdits(text, planned.edits), file).findings;
    const alike = (all: readonly Finding[]) =>
      all.filter(({ message, ruleId }) => ruleId === finding.ruleId && message === finding.message);
    expect(alike(after).length).toBe(alike(before).length - 1);
    const errors = (all: readonly Finding[]) => all.filter(({ severity }) => severity === 'error');
    expect(errors(after).length).toBeLessThanOrEqual(errors(before).length);
  });
});

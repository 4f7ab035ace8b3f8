import { describe, expect, it } from 'vitest';
import type { Change } from '../../model/fix.ts';
import { DocumentsEditor } from './documents.ts';
import { applyEdits } from './edit.ts';

const TEXT = '# first\na: { b: 1 }\n---\nc: # why\n  d: 2\n---\ne: [3]\n';
const placeOf = (part: string) => {
  const start = TEXT.indexOf(part);
  return { start, end: start + part.length };
};

function edit(...changes: Change[]): string {
  const result = new DocumentsEditor(TEXT).planChanges(changes);
  return result.kind === 'edits' ? applyEdits(TEXT, result.edits) : `refused: ${result.reason}`;
}

describe('documents of one text', () => {
  it('are edited each where it stands', () => {
    const changed = edit(
      { kind: 'replace', at: placeOf('3'), value: 4 },
      { kind: 'put', owner: placeOf('c'), key: 'x', value: 5 },
      { kind: 'replace', at: placeOf('1'), value: 6 },
      { kind: 'remark', above: placeOf('d'), text: '# so' },
    );
    expect(changed).toBe(
      '# first\na: { b: 6 }\n---\nc: # why\n  # so\n  d: 2\n  x: 5\n---\ne: [4]\n',
    );
  });

  it('are edited all or none', () => {
    const known = { kind: 'replace', at: placeOf('3'), value: 4 } as const;
    const unknown = { kind: 'replace', at: { start: 9, end: 10 }, value: 4 } as const;
    expect(edit(known, unknown)).toBe('refused: not-found');
  });
});

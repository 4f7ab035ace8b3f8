import { describe, expect, it } from 'vitest';
import { keepPieces } from './keep.ts';
import { rangesIn } from './ranges.ts';

function part(minimum: number, offset: number, extra = {}) {
  const at = (start: number) => ({ file: 'f', start: start + offset, end: start + offset + 1 });
  return {
    name: 'db',
    nameAt: at(0),
    minHealthy: { value: minimum, source: { kind: 'explicit', at: at(10) } },
    members: [{ name: 'a', nameAt: at(20) }],
    ...extra,
  };
}

const keep = <T>(before: unknown, now: T): T => keepPieces(before, now, new Set(rangesIn(before)));

describe('keepPieces', () => {
  it('keeps all of what says the same, at its new places', () => {
    const before = part(2, 0);
    expect(keep(before, part(2, 5))).toBe(before);
    expect(before).toEqual(part(2, 5));
  });

  it('keeps the fields that say the same', () => {
    const before = part(2, 0);
    const kept = keep(before, part(21, 5));
    expect(kept).toEqual(part(21, 5));
    expect(kept).not.toBe(before);
    expect(kept.members).toBe(before.members);
    expect(kept.nameAt).toBe(before.nameAt);
    expect(kept.minHealthy).not.toBe(before.minHealthy);
  });

  it.each([
    ['a field more', { zone: 'z' }],
    ['another list', { members: [] }],
    ['a value where there was a part', { minHealthy: undefined }],
  ])('takes %s as it is now', (_, extra) => {
    expect(keep(part(2, 0), part(2, 5, extra))).toEqual(part(2, 5, extra));
  });

  it('leaves alone what belongs to others', () => {
    const before = part(2, 0);
    expect(keepPieces(before, part(2, 5), new Set())).toEqual(part(2, 5));
    expect(before).toEqual(part(2, 0));
  });

  it('keeps nothing where one place would have to be in two', () => {
    const at = { file: 'f', start: 1, end: 2 };
    const now = {
      a: { at: { file: 'f', start: 3, end: 4 } },
      b: { at: { file: 'f', start: 5, end: 6 } },
    };
    expect(keep({ a: { at }, b: { at } }, now)).toBe(now);
    expect(at.start).toBe(1);
  });
});

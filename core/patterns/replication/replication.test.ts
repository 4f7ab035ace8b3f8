import { describe, expect, it } from 'vitest';
import { Replication, type ReplicationOptions } from './replication.ts';

const COPIES = ['a', 'b', 'c'];
const async100 = () => new Replication({ mode: 'async', copies: COPIES, lagMs: 100 });
const sync = () => new Replication({ mode: 'sync', copies: COPIES });
const quorum = (write: number, read: number, copies = COPIES) =>
  new Replication({ mode: 'quorum', copies, write, read });

describe('asynchronous replication', () => {
  it('is done with a write when one copy has it, so a read may miss it', () => {
    expect(async100()).toMatchObject({ acknowledgements: 1, readsSeeLastWrite: false });
  });

  it('lets reads see the last write when there is no lag, or nobody to lag', () => {
    const prompt = new Replication({ mode: 'async', copies: COPIES, lagMs: 0 });
    const alone = new Replication({ mode: 'async', copies: ['a'], lagMs: 100 });
    expect([prompt, alone].map((each) => each.readsSeeLastWrite)).toEqual([true, true]);
  });

  it('loses at a failover what is not older than the lag', () => {
    const replication = async100();
    for (const atMs of [0, 500, 890, 950, 999]) replication.recordWrite('a', atMs);
    replication.recordWrite('b', 990);
    expect(replication.failover('a', 1_000)).toEqual({
      kind: 'possible',
      to: 'b',
      lostMs: 100,
      lostWrites: 2,
    });
  });

  it('goes on while a single copy is up', () => {
    const replication = async100();
    replication.fail('a', 0);
    replication.fail('b', 0);
    expect(replication).toMatchObject({ canWrite: true, canRead: true });
    expect(replication.failover('c', 0)).toEqual({ kind: 'impossible' });
    replication.fail('c', 0);
    expect(replication).toMatchObject({ canWrite: false, canRead: false });
  });

  it('promotes the copy that is most up to date, not one that was away', () => {
    const replication = async100();
    replication.fail('b', 1_000);
    replication.recover('b', 5_000);
    expect(replication.failover('a', 5_099)).toMatchObject({ to: 'c', lostMs: 100 });
    expect(replication.failover('a', 5_100)).toMatchObject({ to: 'b', lostMs: 100 });
  });

  it('loses all since a copy went down when only that one is back', () => {
    const replication = async100();
    for (let atMs = 0; atMs < 2_000; atMs += 10) {
      if (atMs === 500) replication.fail('c', atMs);
      if (atMs === 1_000) replication.fail('b', atMs);
      replication.recordWrite('a', atMs);
    }
    replication.recover('b', 2_000);
    replication.recover('c', 2_000);
    const failover = replication.failover('a', 2_050);
    expect(failover).toMatchObject({ to: 'b', lostMs: 2_050 - 900 });
    // Of 200 writes it had those before 900, up to a bucket of the window.
    const { lostWrites } = { lostWrites: 0, ...failover };
    expect(lostWrites).toBeGreaterThanOrEqual(110);
    expect(lostWrites).toBeLessThanOrEqual(111);
  });

  it('does not take a copy that fails again while it catches up for one that has', () => {
    const replication = async100();
    replication.fail('b', 1_000);
    replication.fail('c', 1_000);
    replication.recover('b', 5_000);
    replication.fail('b', 5_050);
    replication.recover('b', 9_000);
    expect(replication.failover('a', 9_050)).toMatchObject({ to: 'b', lostMs: 9_050 - 900 });
  });

  it('knows that a copy has what it took itself', () => {
    const replication = async100();
    replication.fail('c', 0);
    for (let n = 0; n < 3; n += 1) replication.recordWrite('a', 1_000);
    replication.fail('a', 1_000);
    for (let n = 0; n < 2; n += 1) replication.recordWrite('b', 1_500);
    replication.recover('a', 2_000);
    expect(replication.failover('b', 2_050)).toMatchObject({ to: 'a', lostWrites: 2 });
  });

  it('promotes who is up to date also after the clock has stepped back', () => {
    const replication = async100();
    replication.fail('b', 1e9);
    replication.recover('b', 1e9);
    expect(replication.failover('a', 50)).toMatchObject({ to: 'c', lostMs: 100 });
  });

  it('lets a copy catch up within the lag of the moment that a clock steps back to', () => {
    const replication = async100();
    replication.fail('b', 1e9);
    replication.fail('c', 1e9);
    replication.recover('b', 1e9);
    expect(replication.failover('a', 50)).toMatchObject({ to: 'b', lostMs: 0 });
    expect(replication.failover('a', 150)).toMatchObject({ to: 'b', lostMs: 100 });
  });
});

describe('synchronous replication', () => {
  it('is done with a write when every copy that is up has it', () => {
    const replication = sync();
    expect(replication).toMatchObject({ acknowledgements: 3, readsSeeLastWrite: true });
    replication.fail('b', 0);
    expect(replication.acknowledgements).toBe(2);
  });

  it('loses nothing while another copy is up to date', () => {
    const replication = sync();
    replication.recordWrite('a', 1_000);
    replication.fail('b', 1_000);
    expect(replication.failover('a', 1_000)).toEqual({
      kind: 'possible',
      to: 'c',
      lostMs: 0,
      lostWrites: 0,
    });
  });

  it('goes on with a single copy', () => {
    const replication = sync();
    for (const id of ['a', 'b']) replication.fail(id, 0);
    expect(replication).toMatchObject({ canWrite: true, canRead: true, acknowledgements: 1 });
  });
});

describe('a quorum', () => {
  it('is a majority unless it is said to be other', () => {
    const of = (count: number) =>
      new Replication({
        mode: 'quorum',
        copies: Array.from({ length: count }, (_, i) => `${i}`),
      }).acknowledgements;
    expect([1, 2, 3, 4, 5].map(of)).toEqual([1, 2, 2, 3, 3]);
  });

  it.each([
    { write: 2, read: 2, sees: true },
    { write: 3, read: 1, sees: true },
    { write: 1, read: 3, sees: true },
    { write: 2, read: 1, sees: false },
    { write: 1, read: 1, sees: false },
  ])('of W $write and R $read of 3: reads see the last write: $sees', ({ write, read, sees }) => {
    expect(quorum(write, read).readsSeeLastWrite).toBe(sees);
  });

  it.each([
    { write: 2, read: 2, down: 1, canWrite: true, canRead: true },
    { write: 2, read: 2, down: 2, canWrite: false, canRead: false },
    { write: 3, read: 1, down: 1, canWrite: false, canRead: true },
    { write: 1, read: 3, down: 1, canWrite: true, canRead: false },
    { write: 3, read: 1, down: 2, canWrite: false, canRead: true },
  ])('of W $write and R $read with $down of 3 down: $canWrite, $canRead', (given) => {
    const replication = quorum(given.write, given.read);
    for (const id of COPIES.slice(0, given.down)) replication.fail(id, 0);
    expect(replication).toMatchObject({ canWrite: given.canWrite, canRead: given.canRead });
  });

  it('loses nothing while one of the copies that are left has every write', () => {
    const replication = new Replication({ mode: 'quorum', copies: COPIES, lagMs: 100 });
    replication.recordWrite('a', 1_000);
    expect(replication.failover('a', 1_000)).toMatchObject({ lostMs: 0, lostWrites: 0 });
    // Both copies that have the write may be gone now.
    replication.fail('b', 1_000);
    expect(replication.failover('a', 1_000)).toMatchObject({ lostMs: 100, lostWrites: 1 });
  });

  it('of one copy is asynchronous', () => {
    const replication = new Replication({
      mode: 'quorum',
      copies: COPIES,
      write: 1,
      read: 1,
      lagMs: 100,
    });
    expect(replication.failover('a', 0)).toMatchObject({ lostMs: 100 });
  });
});

describe('Replication', () => {
  it('counts each failure and recovery of a copy once, and none of who holds no copy', () => {
    const replication = quorum(2, 2);
    for (const id of ['a', 'a', 'x', 'y']) replication.fail(id, 0);
    expect(replication.canWrite).toBe(true);
    replication.fail('b', 0);
    for (const id of ['a', 'a', 'x', 'c']) replication.recover(id, 0);
    replication.fail('c', 0);
    expect(replication.canWrite).toBe(false);
  });

  it('loses nothing with a member that holds no copy', () => {
    const replication = async100();
    replication.recordWrite('x', 0);
    expect(replication.failover('x', 0)).toMatchObject({ lostMs: 0, lostWrites: 0 });
  });

  it.each<ReplicationOptions>([
    { mode: 'sync', copies: [] },
    { mode: 'sync', copies: ['a', 'a'] },
    { mode: 'async', copies: COPIES, lagMs: -1 },
    { mode: 'quorum', copies: COPIES, write: 4 },
    { mode: 'quorum', copies: COPIES, read: 0 },
  ])('refuses %j', (options) => {
    expect(() => new Replication(options)).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { noFailures } from './outcome.ts';
import { loadTest, oneCaller, simulated } from './testing/model.ts';

/** A client without a latency of its own that writes to, or reads from, `db` 100 times a second. */
const client = (operation: string) => `
services: { client: { latency: 0s, calls: [{ to: db, operation: ${operation} }] } }
`;
const fail = (id: string, from = '1m', until = '1m') =>
  `{ at: ${from}, fail: ${id}, for: ${until} }`;

function lossOf(group: string, faults: string, operation = 'write') {
  const { groups } = loadTest(`
redundancy: { db: { minHealthy: 1, latency: 10ms, ${group} } }
${client(operation)}
${oneCaller(20_000, faults)}`);
  const { lostWrites, lostWritesMs } = groups.get('db') ?? {};
  return { lostWrites, lostWritesMs };
}

describe('a failover', () => {
  const pair = (replication: string) =>
    `active: [a], standby: [b], replication: { ${replication}, lag: 50ms }`;

  it('loses what was not copied yet: at 100 writes a second and a lag of 50 ms about 5', () => {
    const { lostWrites, lostWritesMs } = lossOf(pair('mode: async'), fail('a'));
    expect(lostWritesMs).toBe(50);
    expect(lostWrites).toBeGreaterThanOrEqual(4);
    expect(lostWrites).toBeLessThanOrEqual(6);
  });

  it('loses no writes where there are only reads', () => {
    expect(lossOf(pair('mode: async'), fail('a'), 'read')).toEqual({
      lostWrites: 0,
      lostWritesMs: 50,
    });
  });

  it.each([
    { what: 'of who took no writes', replication: 'mode: async', faults: fail('b') },
    { what: 'under synchronous replication', replication: 'mode: sync', faults: fail('a') },
    { what: 'that never happens', replication: 'mode: async', faults: '' },
  ])('$what loses nothing', ({ faults, replication }) => {
    expect(lossOf(pair(replication), faults)).toEqual({ lostWrites: 0, lostWritesMs: 0 });
  });

  it('to a copy that has only just come back loses what it missed as well', () => {
    const replication = 'active: [a], standby: [b], replication: { mode: async, lag: 2s }';
    // When a fails, b has been back for a second and still lacks all after 28 s.
    const early = lossOf(replication, `${fail('b', '30s', '30s')}, ${fail('a', '61s')}`);
    expect(early.lostWritesMs).toBe(33_000);
    expect(early.lostWrites).toBeGreaterThanOrEqual(3300);
    expect(early.lostWrites).toBeLessThanOrEqual(3320);
    const late = lossOf(replication, `${fail('b', '30s', '30s')}, ${fail('a', '63s')}`);
    expect(late.lostWritesMs).toBe(2000);
  });

  it('counts every time: the longest time, and all the writes', () => {
    const faults = `${fail('a', '10s', '10s')}, ${fail('b', '1m', '10s')}`;
    const { lostWrites, lostWritesMs } = lossOf(pair('mode: async'), faults);
    expect(lostWritesMs).toBe(50);
    expect(lostWrites).toBeGreaterThanOrEqual(8);
    expect(lostWrites).toBeLessThanOrEqual(12);
  });

  it('loses nothing while no quorum is left that could go on', () => {
    const quorum = 'active: [a, b, c], replication: { mode: quorum, write: 2, read: 2, lag: 50ms }';
    expect(lossOf(quorum, `${fail('a')}, ${fail('b')}`).lostWritesMs).toBe(0);
    const weak = 'active: [a, b, c], replication: { mode: quorum, write: 1, read: 3, lag: 50ms }';
    expect(lossOf(weak, fail('a')).lostWritesMs).toBe(50);
  });
});

describe('with too few copies for a quorum', () => {
  const run = (replication: string, operation: string, failing: readonly string[]) => {
    const [summary] = simulated(
      `
redundancy:
  db:
    minHealthy: 1
    active: [a, b, c]
    latency: 0s
    replication: { mode: quorum, ${replication} }
services: { client: { traffic: { rate: 50/s }, calls: [{ to: db, operation: ${operation} }] } }
scenarios: { test: { faults: [${failing.map((id) => fail(id)).join(', ')}] } }
simulation: { duration: 3m, replications: 1 }
`,
      { scenario: 'test' },
    ).replications;
    if (!summary) throw new Error('no replication');
    return summary;
  };

  it('of 2 out of 3, writes fail and reads of any one go on', () => {
    const writes = run('write: 2, read: 1', 'write', ['a', 'b']);
    // For one of three minutes, and for no other reason.
    expect(Math.abs(writes.failures['no-quorum'] - 3000)).toBeLessThan(4 * Math.sqrt(3000));
    expect({ ...writes.failures, 'no-quorum': 0 }).toEqual(noFailures());
    expect(run('write: 2, read: 1', 'write', ['a']).failures).toEqual(noFailures());
    expect(run('write: 2, read: 1', 'read', ['a', 'b']).failures).toEqual(noFailures());
  });

  it('reads fail while a write needs only one copy', () => {
    expect(run('write: 1, read: 3', 'write', ['a', 'b']).failures).toEqual(noFailures());
    expect(run('write: 1, read: 3', 'read', ['a']).failures['no-quorum']).toBeGreaterThan(0);
  });

  it('it is down, whatever can still be done', () => {
    expect(run('write: 2, read: 1', 'read', ['a', 'b']).groups.get('db')).toMatchObject({
      longestOutageMs: 60_000,
      isUpAtTheEnd: true,
    });
  });

  it('nothing is done without any member at all, and that is no lack of copies', () => {
    const { failures } = run('write: 2, read: 1', 'write', ['a', 'b', 'c']);
    expect(failures.unavailable).toBeGreaterThan(0);
    expect(failures['no-quorum']).toBe(0);
  });

  it.each(['write: 4', 'read: 1000000000', 'copies: 7'])(
    'because members never hold as many (%s), it never works',
    (replication) => {
      const operation = replication.startsWith('write') ? 'write' : 'read';
      const { arrived, failures, groups } = run(replication, operation, []);
      expect(failures['no-quorum']).toBe(arrived);
      expect(groups.get('db')?.availability).toBe(0);
    },
  );
});

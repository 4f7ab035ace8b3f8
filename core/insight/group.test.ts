import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import type { Group } from '../model/model.ts';
import { simulated } from '../simulation/testing/model.ts';
import { groupInsight } from './group.ts';
import { groupWords } from './words/group.ts';

function insight(group: string) {
  const { model } = readConfig(`version: 1\nredundancy: { db: { ${group} } }`, 'a.yaml');
  return groupInsight(model.groups.get('db') as Group);
}

/** Each member is up 99 % of the time. */
const MEMBERS = `failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }`;

describe('what is said of a group', () => {
  it.each([
    ['active: [a, b, c], minHealthy: 1', { level: 'HIGH', inAll: 2, atOnce: 2 }],
    ['active: [a, b], standby: [c], minHealthy: 2', { level: 'MEDIUM', inAll: 1, atOnce: 0 }],
    ['active: [a], standby: [b, c], minHealthy: 2', { level: 'MEDIUM', inAll: 1, atOnce: 0 }],
    ['active: [a, b], minHealthy: 3', { level: 'LOW', inAll: 0, atOnce: 0 }],
    ['active: [a], minHealthy: 0', { level: 'HIGH', inAll: 0, atOnce: 0 }],
    // Four members, but three copies of which two must agree.
    [
      'active: [a, b, c, d], minHealthy: 1, replication: { mode: quorum, copies: 3 }',
      { level: 'HIGH', inAll: 1, atOnce: 1 },
    ],
  ])('%s is %j', (group, { atOnce, inAll, level }) => {
    const { strength } = insight(group);
    expect(strength).toMatchObject({ level, toleratedInAll: inAll, toleratedAtOnce: atOnce });
  });

  it.each([
    ['active: [a], minHealthy: 1', 0.99],
    ['active: [a, b], minHealthy: 1', 0.9999],
    ['active: [a, b, c], minHealthy: 2', 0.999702],
    ['active: [a, b, c], minHealthy: 1, replication: { mode: quorum }', 0.999702],
    ['active: [a, b, c], minHealthy: 3', 0.970299],
    ['active: [a, b], minHealthy: 3', 0],
    // A standby that cannot fail while it waits: 1 − (ρ²/2) / (1 + ρ + ρ²/2).
    ['active: [a], standby: [b], standbyMode: cold, minHealthy: 1', 0.999_949_5],
    // Four takeovers of 6 min in 396 h of members.
    ['active: [a], standby: [b], activation: 6m, minHealthy: 1', 0.9999 * (1 - 0.1 / 99)],
    // Noticed after 45 min on average, so down for 1 h 45 min.
    ['active: [a], detection: { interval: 30m, missed: 2 }, minHealthy: 1', 99 / 101],
  ])('%s is up for %d of the time', (group, up) => {
    const { availability } = insight(`${group}, ${MEMBERS}`).strength;
    expect(availability?.up).toBeCloseTo(up, 7);
    expect((availability?.up ?? 0) + (availability?.down ?? 0)).toBeCloseTo(1, 12);
  });

  it('is what a simulation measures', () => {
    const group = `active: [a, b], standby: [c], minHealthy: 2, activation: 2m, ${MEMBERS}`;
    const { availability } = insight(group).strength;
    const run = simulated(`redundancy: { db: { ${group} } }
simulation: { duration: 3000d, replications: 4 }`);
    const measured = run.replications.map(({ groups }) => groups.get('db')?.availability ?? 0);
    const mean = measured.reduce((sum, one) => sum + one, 0) / measured.length;
    expect(mean).toBeCloseTo(availability?.up ?? 0, 3);
  });

  it('says what one more member would do', () => {
    const { withOneMore } = insight(`active: [a, b], minHealthy: 2, ${MEMBERS}`);
    expect(withOneMore).toMatchObject({ level: 'MEDIUM', toleratedInAll: 1, toleratedAtOnce: 1 });
    expect(withOneMore.availability?.up).toBeCloseTo(0.999702, 6);
    expect(insight('active: [a, b], standby: [c]').withOneMore).toMatchObject({
      level: 'HIGH',
      toleratedInAll: 2,
      toleratedAtOnce: 0,
    });
  });

  it.each([
    ['[{ id: a, zone: x }, { id: b, zone: x }, { id: c, zone: y }]', 'x', 1, true],
    ['[{ id: a, zone: x }, { id: b, zone: x }]', 'x', 0, false],
    ['[{ id: a, region: x }, { id: b, region: y }, { id: c, region: y }]', 'y', 1, true],
  ])('the worst loss of %s is that of %s', (members, name, leaves, survived) => {
    const { worstLoss } = insight(`active: ${members}, minHealthy: 1`);
    expect(worstLoss).toMatchObject({ name, leaves, survived });
  });

  it('reckons with the votes of what is lost', () => {
    const members = '[{ id: a, zone: x }, { id: b, zone: x }, { id: c, zone: y }]';
    const group = `active: ${members}, minHealthy: 1, replication: { mode: quorum }`;
    expect(insight(group).worstLoss).toMatchObject({ name: 'x', leaves: 1, survived: false });
  });

  it('thinks worse of losing a quorum than of losing more members', () => {
    const zones = { a: 'x', b: 'x', c: 'z', d: 'y', e: 'y', f: 'y' };
    const members = Object.entries(zones).map(([id, zone]) => `{ id: ${id}, zone: ${zone} }`);
    const quorum = 'replication: { mode: quorum, copies: 3 }';
    const { worstLoss } = insight(`active: [${members.join(', ')}], minHealthy: 1, ${quorum}`);
    expect(worstLoss).toMatchObject({ name: 'x', takes: 2, survived: false });
  });

  it('asks for what only the user knows', () => {
    expect(insight('active: [a, b]').wants.map(({ key }) => key)).toEqual([
      'failures.mtbf',
      'zone',
    ]);
    expect(insight(`active: [a], ${MEMBERS}`).wants).toEqual([]);
  });

  it('says which of it is default, and what is left out', () => {
    const { notes, rows } = groupWords(insight('active: [a, b], failures: { mtbf: 30d }'));
    expect(rows[0]?.value).toBe('MEDIUM: 2 available, minHealthy 2 (default)');
    expect(notes[0]).toBe(
      'If members fail independently, each after 30d on average, back after 34.9s (default). The 0.24% that recovery gives up on are left out.',
    );
  });

  it('never says 100% of what can be down', () => {
    const members = Array.from({ length: 12 }, (_, index) => `m${index}`).join(', ');
    const { rows } = groupWords(insight(`active: [${members}], minHealthy: 1, ${MEMBERS}`));
    const value = rows.find(({ label }) => label === 'Availability')?.value;
    expect(value).toBe('99.9999%, less than 1s down in 30d');
  });

  it('says nothing of how often it is up where no recovery ever works', () => {
    const group = 'active: [a, b], failures: { mtbf: 30d }, recovery: { successRate: 0% }';
    expect(insight(group).strength).not.toHaveProperty('availability');
  });
});

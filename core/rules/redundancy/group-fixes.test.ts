import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.ts';
import type { Model } from '../../model/model.ts';
import { addMembers, setMinimum } from './group-fixes.ts';

const modelOf = (redundancy: string, rest = ''): Model =>
  readConfig(`version: 1\nredundancy: ${redundancy}\n${rest}`, 'a.yaml').model;

/** The members that a fix adds to the group `db`. */
function added(model: Model, count: number) {
  const group = model.groups.get('db') ?? expect.fail();
  const change = addMembers(model, group, 'standby', count)?.changes[0];
  return change?.kind === 'append' ? change.values : undefined;
}

describe('a new member', () => {
  it.each([
    ['is numbered on', '{ db: { active: [db-1, db-2] } }', ['db-3', 'db-4']],
    ['keeps leading zeros', '{ db: { active: [db09] } }', ['db10', 'db11']],
    ['begins to count at two', '{ db: { active: [primary] } }', ['primary-2', 'primary-3']],
    ['is named after a group without members', '{ db: { active: [] } }', ['db-1', 'db-2']],
    [
      'has a name that nothing else has',
      '{ db: { active: [db-1] }, other: { active: [db-2] } }',
      ['db-3', 'db-4'],
    ],
    [
      'goes to the zone with the fewest',
      '{ db: { active: [{ id: a1, zone: x }, { id: a2, zone: y }, { id: a3, zone: x }] } }',
      [
        { id: 'a4', zone: 'y' },
        { id: 'a5', zone: 'x' },
      ],
    ],
    [
      'goes to another zone of the file if there is one',
      '{ db: { active: [{ id: a1, zone: x }] }, web: { active: [{ id: w1, zone: y }] } }',
      [
        { id: 'a2', zone: 'y' },
        { id: 'a3', zone: 'x' },
      ],
    ],
    [
      'says no zone where the others do not all',
      '{ db: { active: [{ id: a1, zone: x }, a2] } }',
      ['a3', 'a4'],
    ],
  ])('%s', (_, redundancy, expected) => expect(added(modelOf(redundancy), 2)).toEqual(expected));

  it('is not called like a service', () => {
    const model = modelOf('{ db: { active: [db-1] } }', 'services: { db-2: {} }\n');
    expect(added(model, 1)).toEqual(['db-3']);
  });

  it('is not proposed by the dozen', () => {
    const model = modelOf('{ db: { active: [db-1] } }');
    expect(added(model, 11)).toBeUndefined();
  });
});

it('the minimum is replaced where it is written, and added where it is not', () => {
  const model = modelOf('{ db: { minHealthy: 3 }, web: {} }');
  const changes = [...model.groups.values()].map((group) => setMinimum(group, 1).changes[0]?.kind);
  expect(changes).toEqual(['replace', 'put']);
});

import { expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { neededByTier } from './dependencies.ts';

const tiersOf = (services: string) => {
  const groups = ['web', 'db', 'cache', 'spare'].map(
    (name) => `  ${name}: { active: [${name}-1] }`,
  );
  const text = `version: 1\nredundancy:\n${groups.join('\n')}\nservices:\n${services}`;
  return Object.fromEntries(neededByTier(readConfig(text, 'a.yaml').model));
};

it('takes the most critical of the services that need a group, directly or through others', () => {
  expect(
    tiersOf(`
  reports: { tier: 3, runsOn: web, calls: [{ to: stock }, { to: cache }] }
  shop: { tier: 1, calls: [{ to: stock }] }
  stock: { tier: 2, calls: [{ to: db }] }
`),
  ).toEqual({ web: 3, db: 1, cache: 3 });
});

it('leaves out what a fallback can stand in for', () => {
  expect(tiersOf('  shop: { tier: 1, calls: [{ to: db, fallback: { default: 0 } }] }')).toEqual({});
});

it('tells a group from a service of the same name', () => {
  expect(
    tiersOf('  shop: { tier: 1, runsOn: web }\n  web: { tier: 4, calls: [{ to: db }] }'),
  ).toEqual({
    web: 1,
    db: 4,
  });
});

it('visits each of 10,000 services in a ring once', () => {
  const ring = Array.from({ length: 10_000 }, (_, i) => {
    return `  s${i}: { calls: [{ to: s${(i + 1) % 10_000} }] }`;
  });
  expect(
    tiersOf(`${ring.join('\n')}\n  last: { tier: 1, calls: [{ to: s0 }, { to: db }] }`),
  ).toEqual({ db: 1 });
});

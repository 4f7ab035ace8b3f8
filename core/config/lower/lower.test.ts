import { describe, expect, test } from 'vitest';
import { readConfig } from '../read.ts';

function read(yaml: string) {
  return readConfig(`version: 1\n${yaml}`, 'test.resilience.yaml');
}

describe('the longest recovery attempt', () => {
  const recovery = (text: string) => {
    const { model, problems } = read(`redundancy: { db: { active: [a, b], recovery: ${text} } }`);
    return { problems, maxTime: model.groups.get('db')?.recovery.maxTimeMs.value };
  };

  test.each([
    { text: '{ time: 10m }', maxTime: 600_000 },
    { text: '{ time: 1s }', maxTime: 30_000 },
    { text: '{ time: 1m, maxTime: 2m }', maxTime: 120_000 },
    { text: '{ time: 1m, maxTime: 1m }', maxTime: 60_000 },
    { text: '{ maxTime: 6s }', maxTime: 6000 },
  ])('of $text is never cut by the default', ({ maxTime, text }) => {
    expect(recovery(text)).toEqual({ problems: [], maxTime });
  });

  test('cannot be shorter than the first', () => {
    expect(recovery('{ time: 1m, maxTime: 10s }').problems).toMatchObject([
      {
        ruleId: 'invalid-value',
        severity: 'error',
        message: "'maxTime' is below 'time' (1m); it must not be less.",
      },
    ]);
  });
});

test.each([
  {
    yaml: 'services: { web: { latency: { p50: 0s, p99: 900ms } } }',
    ruleId: 'invalid-value',
    message: "'p50' must be above 0 where 'p99' is: no such latency is known.",
  },
  {
    yaml: 'services: { web: { capacity: 0/s } }',
    ruleId: 'invalid-rate',
    message: "'capacity' must be above 0. Leave it out where there is none.",
  },
  {
    yaml: 'services: { web: { traffic: { rate: 0/min } } }',
    ruleId: 'invalid-rate',
    message: "'rate' must be above 0. Leave it out where there is none.",
  },
  {
    yaml: 'redundancy: { db: { active: [a, b], capacity: 0k/s } }',
    ruleId: 'invalid-rate',
    message: "'capacity' must be above 0. Leave it out where there is none.",
  },
])('$yaml is a problem', ({ message, ruleId, yaml }) => {
  expect(read(yaml).problems).toMatchObject([{ message, ruleId, severity: 'error' }]);
});

test('a latency that is always nothing is none', () => {
  expect(read('services: { web: { latency: { p50: 0s, p99: 0s } } }').problems).toEqual([]);
});

describe('what is half-typed', () => {
  const doubtful = (yaml: string) => {
    const { groups, retries, services } = read(yaml).model;
    const parts = [...groups.values(), ...retries.values(), ...services.values()];
    return [...parts, ...parts.flatMap((part) => ('calls' in part ? part.calls : []))]
      .filter((part) => part.doubtful)
      .map((part) => ('name' in part ? part.name : `call to ${part.to.value}`));
  };

  test.each([
    ['redundancy: { db: { active: [a, { zone: x }] } }', 'db'],
    ['redundancy: { db: { active: [a], standbyMode: hto } }', 'db'],
    ['redundancy: { db: { active: [a], recovery: { tiem: 5s } } }', 'db'],
    ['retries: { quick: { backoff: { jitter: } } }', 'quick'],
    ['retries: { quick: { backoff: } }', 'quick'],
    ['services: { shop: { latency: { p50: 3s } } }', 'shop'],
    ['services: { shop: { calls: [{ timeout: 3s }] } }', 'shop'],
    ['services: { shop: { calls: [{ to: db, timeout: }] } }', 'call to db'],
    ['services: { shop: { calls: [{ to: db, hedge: { attempts: 3 } }] } }', 'call to db'],
    ['services: { shop: { calls: [{ to: db, fallback: }] } }', 'call to db'],
    ['services: { shop: { calls: [{ to: db, fallback: [{ cache: soon }] }] } }', 'call to db'],
    ['services:\n  shop:\n    calls: [{ to: db }, { to: a\nx', 'shop'],
  ])('%s makes one part doubtful', (yaml, part) => expect(doubtful(yaml)).toEqual([part]));

  test('leaves all that is whole as it is', () => {
    expect(
      doubtful(`
redundancy: { db: { active: [a, b], recovery: { time: 5s }, latency: { p50: 1s, p99: 2s } } }
retries: { quick: {} }
services: { shop: { latency: 3s, calls: [{ to: db, timeout: 3s, fallback: { cache: 1m } }] } }
`),
    ).toEqual([]);
  });
});

test('parts know from where to where they are written', () => {
  const text = `version: 1
redundancy:
  db: { active: [a, b] } # two
services:
  shop: &shop
    calls:
      - to: db
        timeout: 1s
      - { to: db }
  other: *shop
scenarios:
  quiet: {}
`;
  const { model } = readConfig(text, 'test.resilience.yaml');
  const calls = [...model.services.values()].flatMap(({ calls }) => calls);
  const parts = [...model.groups.values(), ...calls, ...model.services.values()];
  const written = [...parts, ...model.scenarios.values()].map(({ at: { end, start } }) => {
    return text.slice(start, end);
  });
  const [first, second] = ['to: db\n        timeout: 1s', '{ to: db }'];
  expect(written).toEqual([
    'db: { active: [a, b] }',
    ...[first, second, first, second],
    `shop: &shop\n    calls:\n      - ${first}\n      - ${second}`,
    // What an alias repeats is written elsewhere.
    'other',
    'quiet: {}',
  ]);
});

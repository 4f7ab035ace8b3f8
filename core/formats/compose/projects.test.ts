import { describe, expect, it } from 'vitest';
import { Workspace } from '../../workspace.ts';

/** What is found in files that are judged together: rule by file. */
function foundIn(
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> {
  const workspace = new Workspace();
  for (const [file, text] of Object.entries(files)) workspace.set(file, text);
  const found = Object.keys(files).map((file) => {
    const ids = workspace.analyse(file)?.findings.map(({ ruleId }) => ruleId);
    return [file, ids ?? ['not recognised']] as const;
  });
  return Object.fromEntries(found.filter(([, ids]) => ids.length > 0));
}

const services = (...lines: readonly string[]) =>
  `services:\n${lines.map((line) => `  ${line}\n`).join('')}`;

const WAITING = services(
  'web: { image: example/web, depends_on: { cache: { condition: service_healthy } } }',
  'cache: { image: "redis:8" }',
);
const SCALED = services('web: { deploy: { replicas: 2 } }');
const NAMED = services('web: { image: example/web, container_name: web }');

describe('files that are run together', () => {
  it.each([
    [
      'nothing beside it',
      { 'compose.yaml': WAITING },
      { 'compose.yaml': ['compose-health-unknown'] },
    ],
    [
      'an override has the other half',
      {
        'compose.yaml': WAITING,
        'compose.override.yaml': services('cache: { healthcheck: { test: redis-cli ping } }'),
      },
      {},
    ],
    [
      'a file that -f may name has the other half',
      {
        'compose.yaml': WAITING,
        'compose.checks.yaml': services('cache: { healthcheck: { test: redis-cli ping } }'),
      },
      {},
    ],
    [
      'one of another folder has not',
      {
        'a/compose.yaml': WAITING,
        'b/compose.override.yaml': services('cache: { healthcheck: { test: redis-cli ping } }'),
      },
      { 'a/compose.yaml': ['compose-health-unknown'] },
    ],
    [
      'an override says what the first one forbids',
      { 'docker-compose.yml': NAMED, 'docker-compose.override.yml': SCALED },
      { 'docker-compose.yml': ['compose-one-name-for-several'] },
    ],
    [
      'so does a file for production',
      { 'docker-compose.yml': NAMED, 'docker-compose.prod.yml': SCALED },
      { 'docker-compose.yml': ['compose-one-name-for-several'] },
    ],
    [
      'which takes the name back',
      {
        'docker-compose.yml': NAMED,
        'docker-compose.prod.yml': services('web:', '  container_name: !reset null', '  scale: 2'),
      },
      {},
    ],
    [
      'another file may take it back',
      {
        'docker-compose.yml': NAMED,
        'docker-compose.prod.yml': SCALED,
        'docker-compose.many.yml': services('web: { container_name: !reset null }'),
      },
      {},
    ],
    [
      'two that stand alone',
      {
        'docker-compose.yml': services(
          'web: { image: example/web, ports: ["80:80"], restart: always }',
          'api: { image: example/api, ports: ["81:80"] }',
        ),
        'docker-compose.prod.yml': services(
          'web: { image: example/web, ports: ["80:80"], restart: always }',
          'api: { image: example/api, ports: ["81:80"] }',
          'jobs: { image: example/jobs, ports: ["82:80"] }',
        ),
      },
      {
        'docker-compose.yml': ['compose-not-restarted'],
        'docker-compose.prod.yml': ['compose-not-restarted', 'compose-not-restarted'],
      },
    ],
    [
      'a dependency that a file beside it defines',
      {
        'compose.yaml': services('web: { image: example/web, depends_on: [queue] }'),
        'compose.full.yaml': services('queue: { image: example/queue }'),
      },
      {},
    ],
    [
      'a dependency that an included file defines',
      {
        'compose.yaml': `include: [other.yaml]\n${services('web: { image: a, depends_on: [queue] }')}`,
      },
      {},
    ],
    [
      'a dependency that nothing defines',
      { 'compose.yaml': services('web: { image: a, depends_on: [queue] }') },
      { 'compose.yaml': ['compose-unknown-dependency'] },
    ],
    [
      'a dependency of a file that others may come before',
      { 'docker-compose.prod.yml': services('web: { image: a, depends_on: [queue] }') },
      {},
    ],
  ])('%s', (_, files, expected) => {
    expect(foundIn(files as Record<string, string>)).toEqual(expected);
  });
});

describe('a service that extends another one', () => {
  const BASE = services('base: { healthcheck: { test: check }, restart: always }');

  it.each([
    [
      'in another file',
      { 'shop/compose.yaml': extending('../common.yml'), 'common.yml': BASE },
      {},
    ],
    ['in a file that nobody has seen', { 'shop/compose.yaml': extending('../common.yml') }, {}],
    [
      'in a file that does not say it',
      {
        'shop/compose.yaml': extending('./common.yml'),
        'shop/common.yml': services('base: { image: "redis:8" }'),
      },
      { 'shop/compose.yaml': ['compose-health-unknown'] },
    ],
    [
      'in the same file',
      {
        'compose.yaml': services(
          'web: { image: a, depends_on: { cache: { condition: service_healthy } } }',
          'cache: { extends: base }',
          'base: { image: "redis:8", healthcheck: { test: check } }',
        ),
      },
      {},
    ],
    ['itself', { 'compose.yaml': services('web: { image: a, extends: { service: web } }') }, {}],
  ])('%s', (_, files, expected) => {
    expect(foundIn(files as Record<string, string>)).toEqual(expected);
  });

  function extending(file: string): string {
    return services(
      'web: { image: a, depends_on: { cache: { condition: service_healthy } } }',
      `cache: { image: "redis:8", extends: { file: ${file}, service: base } }`,
    );
  }
});

describe('what is no Compose file', () => {
  it.each([
    [
      'services of a framework',
      'services:\n  _defaults: { autowire: true }\n  App\\Mailer: { arguments: [a] }\n',
    ],
    [
      'services of a pipeline',
      'image: node:24\nservices:\n  - postgres:17\nbuild: { script: [x] }\n',
    ],
    ['services of a job', 'jobs:\n  test:\n    services:\n      db: { image: "postgres:17" }\n'],
    ['a list', 'services:\n  - name: web\n    image: example/web\n    command: run\n'],
    ['steps beside it', 'services:\n  db: { image: a }\nsteps: []\n'],
    [
      'something of another tool',
      'services:\n  web: { type: php, build: x }\n  db: { type: mysql }\n',
    ],
  ])('%s', (_, text) => {
    expect(foundIn({ 'some.yaml': text })).toEqual({ 'some.yaml': ['not recognised'] });
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../analyse.ts';
import { wordsOf } from '../../insight/index.ts';
import { insightAt } from '../../insight-at.ts';
import { Workspace } from '../../workspace.ts';

/** What is found in files that are read together, by file. */
function found(files: Readonly<Record<string, string>>): readonly string[] {
  const workspace = new Workspace();
  for (const [name, text] of Object.entries(files)) workspace.set(name, text);
  return Object.keys(files).flatMap((name) =>
    (workspace.analyse(name)?.findings ?? []).map(({ ruleId }) => `${name}: ${ruleId}`),
  );
}

const UNKNOWN_BASE = 'resilience4j.retry.instances.orders.baseConfig: calm\n';
const BASE = 'resilience4j.retry.configs.calm: { waitDuration: 1s }\n';

describe('files of one application', () => {
  it('are read together in a folder', () => {
    expect(found({ 'a/application.yml': UNKNOWN_BASE, 'a/resilience4j.yml': BASE })).toEqual([]);
  });

  it('are not those of other folders', () => {
    expect(found({ 'a/application.yml': UNKNOWN_BASE, 'b/application.yml': BASE })).toEqual([
      'a/application.yml: resilience4j-unknown-base-config',
    ]);
  });

  it('may have what is missing in the file of a profile', () => {
    expect(found({ 'application.yml': UNKNOWN_BASE, 'application-prod.yml': BASE })).toEqual([]);
  });

  it('in the file of a profile take from what holds always', () => {
    expect(found({ 'application-prod.yml': UNKNOWN_BASE, 'application.yml': BASE })).toEqual([]);
  });

  it('in the file of one profile take nothing from that of another', () => {
    expect(found({ 'application-prod.yml': UNKNOWN_BASE, 'application-test.yml': BASE })).toEqual([
      'application-prod.yml: resilience4j-unknown-base-config',
    ]);
  });

  it('beside those of others in a folder of configs take only what all share', () => {
    expect(found({ 'orders.yml': UNKNOWN_BASE, 'billing.yml': BASE })).toEqual([
      'orders.yml: resilience4j-unknown-base-config',
    ]);
    expect(found({ 'orders.yml': UNKNOWN_BASE, 'application.yml': BASE })).toEqual([]);
    expect(found({ 'orders-prod.yml': UNKNOWN_BASE, 'orders.yml': BASE })).toEqual([]);
  });

  it('overrule key by key', () => {
    const always =
      'resilience4j:\n' +
      '  circuitbreaker.instances.orders: { minimumNumberOfCalls: 5 }\n' +
      '  retry.instances.orders: { maxAttempts: 3, retryExceptions: java.io.IOException }\n';
    const prod = 'resilience4j.retry.instances.orders.maxAttempts: 8\n';
    expect(found({ 'application.yml': always, 'application-prod.yml': prod })).toEqual([]);
    expect(
      found({ 'application.yml': always.replace('maxAttempts: 3', 'maxAttempts: 8') }),
    ).toEqual(['application.yml: resilience4j-one-request-opens-breaker']);
  });
});

describe('recognition', () => {
  it.each([
    ['nested', 'resilience4j:\n  retry:\n    instances: {}\n', 'Resilience4j'],
    ['dotted', 'resilience4j.retry.instances.a.maxAttempts: 2\n', 'Resilience4j'],
    ['in JSON', '{"resilience4j": {"retry": {"instances": {}}}}', 'Resilience4j'],
    ['of something else', 'resilience4j: { enabled: true }\n', undefined],
    ['a log level', 'logging.level.io.github.resilience4j: DEBUG\n', undefined],
  ])('%s', (_, text, format) => {
    expect(analyse(text, 'application.yml').format).toBe(format);
  });

  it('leaves alone what a build has still to fill in', () => {
    const text = `project.version: @project.version@\n${UNKNOWN_BASE}`;
    expect(analyse(text, 'application.yml').findings).toEqual([]);
  });
});

it('hovers count the first try, as maxAttempts does', () => {
  const text = 'resilience4j:\n  retry:\n    instances:\n      orders:\n        maxAttempts: 4\n';
  const found = insightAt(analyse(text, 'application.yml'), text.indexOf('maxAttempts'));
  expect(found?.insight && wordsOf(found.insight).rows).toContainEqual(
    expect.objectContaining({ label: 'Attempts' }),
  );
});

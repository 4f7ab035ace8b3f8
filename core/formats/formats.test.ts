import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../../test/support/markers.ts';
import { analyse } from '../analyse.ts';
import { RULES } from '../rules/index.ts';
import { FORMAT_RULES, FORMATS, mayBeFormat } from './index.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const fixtures = globSync('*/fixtures/*.{yaml,yml,json}', { cwd: folder }).sort();

describe.each(fixtures)('%s', (name) => {
  const { analysis, expected, found } = checkFixture(join(folder, name));

  it('has the findings that its comments say', () => {
    expect(found).toBe(expected);
  });

  it('is sound exactly if its name says so', () => {
    expect(analysis.findings.length === 0).toBe(/^(?:sound|templated)/.test(basename(name)));
  });

  it('is recognised', () => {
    expect(FORMATS.map((format) => format.name)).toContain(analysis.format);
  });
});

describe('general rules', () => {
  /** Keys of Faultline's own format that no other one has. */
  const NATIVE =
    /\b(?:minHealthy|runsOn|deadline|failureThreshold:|recoveryTimeout|idempotent|budget:)/;
  const general = new Set(RULES.map(({ id }) => id));
  const findings = fixtures
    .filter((name) => !name.startsWith('kubernetes/'))
    .flatMap((name) => checkFixture(join(folder, name)).analysis.findings)
    .filter(({ ruleId }) => general.has(ruleId));

  it('hold for some formats', () => {
    expect([...new Set(findings.map(({ ruleId }) => ruleId))].sort()).toEqual([
      'attempts-exceed-deadline',
      'duration-unit-suspect',
      'per-attempt-timeout-missing',
      'retry-unbounded',
      'timeout-missing',
    ]);
  });

  it('speak in the words of the format', () => {
    for (const { fixes = [], message } of findings) {
      expect(message).not.toMatch(NATIVE);
      for (const { title } of fixes) expect(title).not.toMatch(NATIVE);
    }
  });
});

describe('the rules of formats', () => {
  it('are found by a fixture, each of them', () => {
    const found = fixtures.flatMap((name) =>
      checkFixture(join(folder, name)).analysis.findings.map(({ ruleId }) => ruleId),
    );
    expect(FORMAT_RULES.map(({ id }) => id).filter((id) => !found.includes(id))).toEqual([]);
  });

  it('have ids of their own', () => {
    const ids = [...RULES, ...FORMAT_RULES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(FORMAT_RULES.map((rule) => [rule.id, rule] as const))('%s is documented', (_, rule) => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    for (const part of ['**Fires when**', '**Fix**', '**Source**']) {
      expect(rule.documentation).toContain(part);
    }
  });
});

describe('recognition', () => {
  const RESILIENCY = 'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\n';

  it.each([
    ['a resource', RESILIENCY, 'Dapr'],
    [
      'a resource in a list',
      `apiVersion: v1\nkind: List\nitems:\n- ${RESILIENCY.replace('\n', '\n  ')}`,
      'Dapr',
    ],
    ['a broken one', `${RESILIENCY}spec: {`, 'Dapr'],
    ['a template', `${RESILIENCY}metadata: { name: {{ .Values.name }} }`, 'Dapr'],
    ['one that is spoken of in a comment', `# dapr.io/ Resiliency\nkind: Pod\n`, undefined],
    ['a native config', 'version: 1\nservices: {}\n', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, format) => {
    expect(analyse(text, 'some.yaml').format).toBe(format);
  });

  it('leaves native names to the native format', () => {
    expect(analyse(RESILIENCY, 'shop.resilience.yaml').format).toBeUndefined();
  });

  it('does not read what is none', () => {
    expect(mayBeFormat('kind: Dashboard\n'.repeat(1_000))).toBe(false);
  });
});

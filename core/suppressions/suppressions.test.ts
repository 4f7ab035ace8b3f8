import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../../test/support/markers.ts';
import { analyse } from '../analyse.ts';
import { applyEdits, ConfigEditor } from '../config/edit/index.ts';
import { fixAll } from '../fix-all.ts';
import { RULES } from '../rules/index.ts';
import { proposeSuppressions, SUPPRESSION_RULES } from './index.ts';

const folder = fileURLToPath(new URL('fixtures/', import.meta.url));

describe('suppressions', () => {
  it.each(readdirSync(folder))('%s says what its comments say', (name) => {
    const { found, expected } = checkFixture(folder + name);
    expect(found).toBe(expected);
  });

  it('keep what they silence, with the reason and where it is said', () => {
    const file = `${folder}suppressions.yaml`;
    const text = readFileSync(file, 'utf8');
    const { suppressed } = analyse(text, file);
    const [nightly] = suppressed.filter(({ finding }) => finding.message.includes('nightly'));
    expect(nightly).toMatchObject({
      finding: { ruleId: 'single-instance', severity: 'warning' },
      by: { kind: 'comment', reason: 'runs once a night' },
    });
    if (nightly?.by.kind !== 'comment') expect.fail();
    const { start, end } = nightly.by.at;
    expect(text.slice(start, end)).toBe('# faultline-ignore single-instance: runs once a night');
  });

  it('have rules of their own, with ids that no other rule has', () => {
    const ids = RULES.map(({ id }) => id);
    for (const [key, { id }] of Object.entries(SUPPRESSION_RULES)) {
      expect(id).toBe(key);
      expect(ids).not.toContain(id);
    }
  });

  it('are read with Windows line ends', () => {
    const text =
      'version: 1\r\nredundancy:\r\n  # faultline-ignore single-instance: why\r\n  a: { minHealthy: 1, active: [b] }\r\n';
    const { findings, suppressed } = analyse(text, 'a.yaml');
    expect(findings).toEqual([]);
    expect(suppressed).toMatchObject([{ by: { kind: 'comment', reason: 'why' } }]);
  });

  it('are not called unused while the file cannot be read in full', () => {
    const text = '# faultline-ignore-file single-instance: why\nversion: 1\nsystem: [\n';
    const ids = analyse(text, 'a.yaml').findings.map(({ ruleId }) => ruleId);
    expect(ids).toContain('yaml-syntax');
    expect(ids).not.toContain('unused-suppression');
  });

  it('are not called unused when the rule failed', () => {
    const text = '# faultline-ignore-file single-instance: why\nversion: 1\n';
    expect(analyse(text, 'a.yaml').findings).toHaveLength(1);
    const rule = RULES.find(({ id }) => id === 'single-instance') ?? expect.fail();
    const check = rule.check;
    Object.assign(rule, {
      check() {
        throw new Error('boom');
      },
    });
    try {
      expect(analyse(text, 'a.yaml').findings).toEqual([]);
    } finally {
      Object.assign(rule, { check });
    }
  });
});

describe('what is wrong with suppressions is mended', () => {
  it.each([
    [
      'a comment that is not needed',
      'version: 1 # faultline-ignore single-instance: x\n',
      'version: 1\n',
    ],
    [
      'a line that is not needed',
      '# faultline-ignore single-instance: x\nversion: 1\n',
      'version: 1\n',
    ],
    [
      'a name that is not needed, or misspelt',
      'version: 1\n# faultline-ignore-file singel-instance, quorum-even-size: x\nredundancy: { a: { minHealthy: 1, active: [b] } }\n',
      'version: 1\n# faultline-ignore-file single-instance: x\nredundancy: { a: { minHealthy: 1, active: [b] } }\n',
    ],
  ])('%s', (_, text, expected) => {
    const { analysis } = fixAll(analyse(text, 'a.yaml'), (one) => analyse(one, 'a.yaml'));
    expect(analysis.text).toBe(expected);
    expect(analysis.findings).toEqual([]);
  });
});

describe('a suppression is written', () => {
  const text = 'version: 1\nredundancy:\n  a: { minHealthy: 1, active: [b] } # old\n';
  const [finding = expect.fail()] = analyse(text, 'a.yaml').findings;
  const edit = (changes: Parameters<ConfigEditor['planChanges']>[0], of = text) => {
    const result = new ConfigEditor(of).planChanges(changes);
    return result.kind === 'edits' ? applyEdits(of, result.edits) : result.reason;
  };
  const [here, file] = proposeSuppressions(finding).map(({ changes }) => edit(changes));

  it('above the line, or at the top of the file', () => {
    expect(here).toBe(text.replace('  a:', '  # faultline-ignore single-instance:\n  a:'));
    expect(file).toBe(`# faultline-ignore-file single-instance:\n${text}`);
  });

  it.each([here, file])('and silences the finding, but asks for the reason', (after = '') => {
    const { findings, suppressed } = analyse(after, 'a.yaml');
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['suppression-without-reason']);
    expect(suppressed).toHaveLength(1);
  });

  it('but not in JSON, which has no comments', () => {
    const json = '{ "version": 1, "redundancy": { "a": { "minHealthy": 1, "active": ["b"] } } }';
    const [one = expect.fail()] = analyse(json, 'a.json').findings;
    for (const { changes } of proposeSuppressions(one)) {
      expect(edit(changes, json)).toBe('unsupported');
    }
  });
});

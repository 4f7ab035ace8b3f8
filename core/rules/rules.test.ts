import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFixed, checkFixture } from '../../test/support/markers.ts';
import { analyse } from '../analyse.ts';
import { readConfig } from '../config/index.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { RULES } from './all.ts';
import { checkModel } from './check.ts';
import type { Rule } from './rule.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** Rules and their fixtures are sorted by topic into folders, which no id depends on. */
const filesOf = (pattern: string) => globSync(pattern, { cwd: folder }).sort();
const fixtures = new Map(
  filesOf('*/fixtures/*.yaml').map((file) => [basename(file), join(folder, file)]),
);
const fixture = (name: string) => checkFixture(fixtures.get(name) ?? join(folder, name));
const speaksOf = (finding: Finding, id: string) =>
  finding.ruleId === id || finding.related.some(({ ruleId }) => ruleId === id);

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('fires where its fixture says so, and says what the fixture says', () => {
    const { found, expected, analysis } = fixture(`${id}.fires.yaml`);
    expect(found).toBe(expected);
    expect(analysis.findings.some((finding) => speaksOf(finding, id))).toBe(true);
  });

  it('stays silent on sound configs', () => {
    const { found, expected, analysis } = fixture(`${id}.silent.yaml`);
    expect(found).toBe(expected);
    expect(analysis.findings.filter((finding) => speaksOf(finding, id))).toEqual([]);
  });

  it('has the safe fixes that its fixture says', () => {
    const { found, expected } = checkFixed(fixtures.get(`${id}.fires.yaml`) ?? '');
    expect(found).toBe(expected);
  });

  it('is documented: why, when, and how to fix it', () => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.documentation).toContain('**Fires when**');
    expect(rule.documentation).toContain('**Fix**');
  });
});

describe('sound configs', () => {
  it.each(filesOf('sound/*.yaml'))('%s is nothing to complain about', (name) => {
    const { findings } = analyse(readFileSync(join(folder, name), 'utf8'), name);
    expect(findings.map(({ message }) => message)).toEqual([]);
  });
});

describe('the set of rules', () => {
  it('is every rule that has a file, each with its fixtures beside it', () => {
    const written = filesOf('*/*.ts').filter((file) =>
      /: Rule(?:<.+>)? = \{/.test(readFileSync(join(folder, file), 'utf8')),
    );
    const ids = written.map((file) => basename(file, '.ts'));
    expect(RULES.map(({ id }) => id).sort()).toEqual(ids.sort());
    const named = written.flatMap((file) =>
      ['fires', 'silent'].map((kind) => file.replace(/([^/]+)\.ts$/, `fixtures/$1.${kind}.yaml`)),
    );
    // What a fixture is after its safe fixes is there only where it has some.
    const told = filesOf('*/fixtures/*.yaml').filter((file) => !file.endsWith('.fixed.yaml'));
    expect(told).toEqual(named.sort());
  });

  it('has no two rules with one id, and absorbs only rules that exist', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(RULES.flatMap(({ absorbs }) => absorbs ?? []).filter((id) => !ids.includes(id))).toEqual(
      [],
    );
  });
});

describe('checking a model', () => {
  const { model } = readConfig('version: 1\nredundancy: { db: { active: [a, b, c] } }\n', 'x.yaml');
  const found = (id: string, absorbs: string[] = []): Rule => ({
    id,
    title: id,
    severity: 'warning',
    evidence: 'file',
    since: '0.1.0',
    documentation: '',
    absorbs,
    check: () => [
      { subject: 'db', message: `says ${id}`, at: { file: 'x.yaml', start: 0, end: 1 } },
    ],
  });

  it('goes on when a rule throws, and tells who it was', () => {
    const failing: Rule = {
      ...found('failing'),
      check() {
        throw new Error('boom');
      },
    };
    const failures: string[] = [];
    const findings = checkModel(model, {
      rules: [failing, found('sound')],
      onRuleFailure: (rule, error) => failures.push(`${rule.id}: ${error}`),
    });
    expect(failures).toEqual(['failing: Error: boom']);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['sound']);
  });

  it('folds what shares a root cause into one finding, through chains of rules', () => {
    const rules = [found('effect'), found('middle', ['effect']), found('cause', ['middle'])];
    const findings = checkModel(model, { rules });
    expect(findings).toMatchObject([
      { ruleId: 'cause', related: [{ ruleId: 'effect' }, { ruleId: 'middle' }] },
    ]);
  });

  it('is as bad as the settings say, and off where they say so, with what it absorbs set free', () => {
    const rules = [found('effect'), found('cause', ['effect'])];
    const judge = (severity: Severity | 'off') =>
      checkModel(model, { rules, settings: new Map([['cause', { severity }]]) });
    expect(judge('hint')).toMatchObject([
      { ruleId: 'cause', severity: 'hint', related: [{ ruleId: 'effect' }] },
    ]);
    expect(judge('off')).toMatchObject([{ ruleId: 'effect', severity: 'warning', related: [] }]);
  });

  it('gives each rule its parameters: those that are set, else its own', () => {
    const seen: unknown[] = [];
    const rule: Rule = {
      ...found('numeric'),
      parameters: {
        most: { title: 'the most', default: 3, minimum: 0 },
        least: { title: 'the least', default: 1, minimum: 0 },
      },
      check(_, parameters) {
        seen.push(parameters);
        return [];
      },
    };
    checkModel(model, { rules: [rule] });
    const settings = new Map([['numeric', { parameters: { most: 5, other: 7 } }]]);
    checkModel(model, { rules: [rule], settings });
    expect(seen).toEqual([
      { most: 3, least: 1 },
      { most: 5, least: 1 },
    ]);
  });
});

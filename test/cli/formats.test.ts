import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { RULE_PAGES } from '../../core/index.ts';
import { expectCalm, expectGolden, FIXTURES, faultline } from './harness.ts';

/** A folder with a configuration, a baseline and a suppression. */
const judged = { cwd: join(FIXTURES, 'judged') };
const workspace = { cwd: join(FIXTURES, 'workspace') };

async function check(format: string, world: { cwd: string } = judged): Promise<string> {
  const { stdout, stderr } = await faultline(['check', '.', '--format', format], world);
  expect(stderr).toBe('');
  return stdout;
}

describe.each(['pretty', 'github', 'junit', 'markdown'])('--format %s', (format) => {
  it('says what it always said', async () => {
    const stdout = await check(format);
    expectCalm(stdout);
    expectGolden(`check-judged-${format}`, stdout);
  });
});

describe('--format json', () => {
  it('holds what is suppressed, and why', async () => {
    const { files, summary } = JSON.parse(await check('json'));
    const { suppressed } = files[1];
    expect(suppressed).toMatchObject([
      {
        ruleId: 'single-instance',
        suppression: { kind: 'comment', reason: 'runs once a night, & nobody "waits"' },
      },
      { ruleId: 'group-no-headroom', suppression: { kind: 'baseline' } },
    ]);
    expect(summary.suppressed).toBe(2);
  });
});

describe('--format sarif', () => {
  const require = createRequire(import.meta.url);
  const schemaFile = require
    .resolve('@microsoft/jest-sarif')
    .replace(/lib.index\.js$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');
  // The schema is of a draft that differs only in what the id is called.
  const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );
  const logOf = async (world?: { cwd: string }): Promise<Log> =>
    JSON.parse(await check('sarif', world));
  const runOf = ({ runs: [run] }: Log) => run ?? expect.fail();

  it.each([judged, workspace])('is valid: %j', async (world) => {
    validate(await logOf(world));
    expect(validate.errors).toBe(null);
  });

  it('is held against a schema that knows what is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('says what it always said', async () => {
    const log = await logOf();
    // What changes with every new rule is looked at below.
    runOf(log).tool.driver.rules = [];
    for (const result of runOf(log).results ?? []) delete result.ruleIndex;
    expectGolden('check-judged-sarif', `${JSON.stringify(log, null, 2)}\n`);
  });

  it('explains every rule, and each result finds its own', async () => {
    const { tool, results = [] } = runOf(await logOf());
    const rules = tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([...RULE_PAGES.keys()]);
    for (const { ruleId, ruleIndex = -1 } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    for (const { help, shortDescription } of rules) {
      expect(help?.markdown).toContain(shortDescription?.text);
    }
  });

  it('keeps what is suppressed, with its justification', async () => {
    const results = runOf(await logOf()).results ?? [];
    const suppressed = results.flatMap(({ suppressions }) => suppressions ?? []);
    expect(suppressed).toMatchObject([
      { kind: 'inSource', justification: 'runs once a night, & nobody "waits"' },
      { kind: 'external', justification: 'It is in the baseline.' },
    ]);
  });

  it.each([judged, workspace])('gives each result a fingerprint of its own: %j', async (world) => {
    const results = runOf(await logOf(world)).results ?? [];
    const fingerprints = results.map(({ partialFingerprints, locations }) => {
      const { uri } = locations?.[0]?.physicalLocation?.artifactLocation ?? {};
      return `${uri} ${partialFingerprints?.['faultline/v1']}`;
    });
    expect(new Set(fingerprints).size).toBe(results.length);
  });
});

describe('the exit code', () => {
  it.each(['json', 'sarif', 'github', 'junit', 'markdown'])(
    'is that of pretty with %s',
    async (format) => {
      for (const failOn of ['error', 'never']) {
        const args = ['check', '.', '--fail-on', failOn];
        const { code } = await faultline([...args, '--format', format], judged);
        expect(code).toBe((await faultline(args, judged)).code);
      }
    },
  );
});

describe('--format junit', () => {
  it('fails where the command does', async () => {
    const failures = async (failOn: string) => {
      const args = ['check', '.', '--format', 'junit', '--fail-on', failOn];
      const { stdout } = await faultline(args, judged);
      return [stdout.match(/<failure /g)?.length ?? 0, /failures="(\d+)"/.exec(stdout)?.[1]];
    };
    expect(await failures('never')).toEqual([0, '0']);
    expect(await failures('error')).toEqual([3, '3']);
    expect(await failures('hint')).toEqual([5, '5']);
  });

  it('is XML whatever the names', async () => {
    const stdout = await check('junit', workspace);
    expectCalm(stdout);
    expect(stdout).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
  });
});

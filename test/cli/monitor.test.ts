import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm, expectGolden, faultline } from './harness.ts';

const EVENTS = `Service,Created At,Resolved At,Category,Priority
db-1,2026-01-05 03:12 UTC,2026-01-05 03:31 UTC,disk_full,P1
db-2,2026-01-05 03:14 UTC,2026-01-05 03:58 UTC,disk_full,P2
web-1,2026-02-11T14:00:00Z,2026-02-11T14:04:00Z,deploy,P3
web-2,2026-02-19T14:10:00Z,2026-02-19T14:31:00Z,deploy,P3
web-1,2026-03-01T14:20:00Z,2026-03-01T14:22:00Z,deploy,P3
mailer,2026-03-02T14:20:00Z,2026-03-02T15:20:00Z,crash,P4
db-1,2026-04-20T22:00:00Z,2026-04-20T22:40:00Z,network,P1
`;
const CONFIG = `version: 1
redundancy:
  web: { minHealthy: 1, active: [web-1, web-2, web-3], failures: { mtbf: 30d } } # guessed
  db: { minHealthy: 1, active: [db-1, db-2], recovery: { time: 5m } }
  cache: { minHealthy: 1, active: [cache-1, cache-2] }
`;
const WATCH = ['--since', '2026-01-01', '--until', '2026-05-01'];

describe('faultline monitor', () => {
  let cwd: string;
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const run = (...args: string[]) => faultline(['monitor', ...args], { cwd, columns: 100 });
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'faultline-monitor-'));
    write('incidents.csv', EVENTS);
    write('shop.resilience.yaml', CONFIG);
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it('says what happened, beside what the config says', async () => {
    const ran = await run('incidents.csv', '--config', 'shop.resilience.yaml', ...WATCH);
    expect(ran.code).toBe(0);
    expectCalm(ran.stdout);
    expectGolden('monitor', ran.stdout);
  });

  it('needs no config', async () => {
    const { code, stdout } = await run('incidents.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('7 failures');
    expect(stdout).not.toContain('Beside');
  });

  it('gives all of it as JSON', async () => {
    const { stdout } = await run('incidents.csv', ...WATCH, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ report: { summary: { totalFailures: 7 } } });
  });

  it('writes what was seen into the config, and keeps the rest', async () => {
    write('copy.resilience.yaml', CONFIG);
    const { code, stdout } = await run(
      'incidents.csv',
      '--config',
      'copy.resilience.yaml',
      ...WATCH,
      '--apply',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote what was seen of 2 groups to copy.resilience.yaml.');
    expect(readFileSync(join(cwd, 'copy.resilience.yaml'), 'utf8')).toBe(
      CONFIG.replace(
        '{ mtbf: 30d } }',
        '{ mtbf: 120d }, recovery: { time: 9m, maxTime: 9m, successRate: 100% } }',
      ).replace(
        '{ time: 5m } }',
        '{ time: 34m20s, maxTime: 34m20s, successRate: 100% }, failures: { mtbf: 79d23h } }',
      ),
    );
  });

  it.each([
    [[], /Name one file of events/],
    [['nowhere.csv'], /nowhere\.csv/],
    [['shop.resilience.yaml'], /cannot be read as a history of events.*component/s],
    [['incidents.csv', '--since', 'soon'], /'--since soon': expected a time/],
    [['incidents.csv', '--since', '2027-01-01'], /Nothing lies between/],
    [['incidents.csv', '--apply'], /needs the config to write to/],
    [['incidents.csv', '--config', 'incidents.csv'], /cannot be compared as it stands/],
  ])('refuses %j with a sentence', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expectCalm(stderr);
  });
});

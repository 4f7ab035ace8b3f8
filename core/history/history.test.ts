import { describe, expect, it } from 'vitest';
import { applyEdits, ConfigEditor } from '../config/edit/index.ts';
import { readConfig } from '../config/index.ts';
import { readHistory, reviewHistory } from './index.ts';

const DAY_MS = 86_400_000;
const START = '2026-01-01T00:00:00Z';

function read(text: string) {
  const result = readHistory(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.history;
}

const problemsOf = (text: string) => {
  const result = readHistory(text);
  return result.kind === 'refused'
    ? result.problems.map(({ record, message }) => `${record ?? '-'}: ${message}`)
    : [];
};

describe('a history', () => {
  const INCIDENT = {
    failure: {
      component: 'db-1',
      type: 'disk_full',
      severity: 'critical',
      atMs: Date.parse(START),
    },
    recovery: {
      component: 'db-1',
      method: 'restart',
      atMs: Date.parse(START) + 60_000,
      durationMs: 60_000,
    },
  };

  it.each([
    [
      'incidents as CSV',
      `component,start,end,type,severity,method\ndb-1,${START},2026-01-01T00:01:00Z,disk_full,critical,restart\n`,
    ],
    [
      'what incident tools export',
      `"Service";"Created At";"Resolved At";"Category";"Priority";"Resolution"\n"db-1";"2026-01-01 00:00 UTC";"2026-01-01 01:01 +01:00";"disk_full";"P1";"restart"\n`,
    ],
    [
      'events as CSV',
      `time,component,event,type,severity,method\n1767225600,db-1,triggered,disk_full,SEV0,\n1767225660000,db-1,resolved,,,restart\n`,
    ],
    [
      'incidents as JSON lines',
      `{"component":"db-1","start":"${START}","end":"2026-01-01T00:01Z","type":"disk_full","severity":"critical","method":"restart"}\n`,
    ],
    [
      'events as JSON lines, whatever their order',
      `{"host":"db-1","timestamp":1767225660,"status":"ok","method":"restart"}\n\n{"host":"db-1","timestamp":1767225600,"status":"firing","type":"disk_full","severity":"critical"}`,
    ],
  ])('is read from %s', (_, text) => {
    const { failures, recoveries, firstMs, lastMs } = read(text);
    expect(failures).toEqual([INCIDENT.failure]);
    expect(recoveries).toEqual([INCIDENT.recovery]);
    expect([firstMs, lastMs]).toEqual([INCIDENT.failure.atMs, INCIDENT.recovery.atMs]);
  });

  it('may end while something is down', () => {
    expect(read(`component,start,end\ndb-1,${START},\n`)).toMatchObject({
      failures: [{ type: 'unknown', severity: 'medium' }],
      recoveries: [],
    });
  });

  it.each([
    [
      '',
      [
        "-: No column says which component it was: expected 'component' (or 'service', 'host', 'instance') among the titles of the first line.",
      ],
    ],
    ['component,start\n', ['-: There is no record in it.']],
    [
      'compnent,start\na,2026-01-01\n',
      [
        "-: No column says which component it was: expected 'component' (or 'service', 'host', 'instance') among the titles of the first line. Is it 'compnent'? Call it 'component'.",
      ],
    ],
    [
      'component,start\n,2026-01-01\na,yesterday\nb,\n',
      [
        "1: It does not say which component it was: 'component' is empty.",
        "2: 'yesterday' is no time: expected one like 2026-05-01T08:30:00Z, or seconds since 1970.",
        "3: It does not say when: expected 'start' (and 'end'), or 'time'.",
      ],
    ],
    [
      'component,start,end\na,2026-01-02,2026-01-01\n',
      ['1: It ends before it starts: 2026-01-01.'],
    ],
    [
      '{"component":"a","time":1767225600,"event":"maintenance"}\n[1]\n{"component"\n',
      [
        '2: Expected one JSON object on the line.',
        '3: Expected one JSON object on the line.',
        "1: 'maintenance' is no event: expected 'failure' or 'recovery' in 'event', or an incident with 'start' and 'end'.",
      ],
    ],
  ])('that is wrong is refused: %j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('takes any names', () => {
    const { failures } = read(`{"component":"__proto__","start":"${START}","constructor":1}`);
    expect(failures.map(({ component }) => component)).toEqual(['__proto__']);
  });
});

describe('a review', () => {
  /** Two members over 100 days: four failures of an hour each. */
  const history = read(
    `component,start,end\n${[10, 30, 50, 70]
      .map((day, index) => {
        const start = Date.parse(START) + day * DAY_MS;
        return `db-${(index % 2) + 1},${start},${start + 3_600_000}`;
      })
      .join('\n')}\n`,
  );
  const watch = { sinceMs: Date.parse(START), untilMs: Date.parse(START) + 100 * DAY_MS };
  const review = (yaml: string) => {
    const text = `version: 1\n${yaml}`;
    const { model } = readConfig(text, 'a.yaml');
    const found = reviewHistory(history, { ...watch, model });
    const planned = new ConfigEditor(text).planChanges(
      found.calibrations.flatMap(({ changes }) => changes),
    );
    if (planned.kind === 'refused') throw new Error(planned.reason);
    return { ...found, after: applyEdits(text, planned.edits) };
  };

  it('says how available everything was', () => {
    const { report } = review('redundancy: { db: { minHealthy: 2, active: [db-1, db-2] } }');
    expect(report.summary).toMatchObject({ totalFailures: 4, totalRecoveries: 4, mttrMinutes: 60 });
    expect(report.summary.availabilityPercent).toBeCloseTo(100 * (1 - 4 / 2_400), 10);
  });

  it('without a model takes each component for itself', () => {
    const { report, calibrations } = reviewHistory(history, watch);
    expect(report.components.map(({ id }) => id)).toEqual(['db-1', 'db-2']);
    expect(calibrations).toEqual([]);
  });

  it('says what the file should say, and how sure that is', () => {
    const { calibrations } = review('redundancy: { db: { active: [db-1, db-2] } }');
    const [db] = calibrations;
    expect(db).toMatchObject({ group: 'db', failures: 4, recoveries: 4, writtenMtbfMs: undefined });
    expect(db?.mtbf?.meanMs).toBe((200 * DAY_MS - 4 * 3_600_000) / 4);
    expect((db?.mtbf?.lowerMs ?? 0) / (db?.mtbf?.meanMs ?? 1)).toBeCloseTo(8 / 20.483, 3);
    expect(db?.downtime?.meanMs).toBe(3_600_000);
  });

  it.each([
    [
      'redundancy:\n  db:\n    active: [db-1, db-2] # both\n',
      'redundancy:\n  db:\n    active: [db-1, db-2] # both\n    failures: { mtbf: 49d23h }\n    recovery: { time: 1h, maxTime: 1h, successRate: 100% }\n',
    ],
    [
      'redundancy:\n  db:\n    active: [db-1, db-2]\n    failures: { mtbf: 365d } # guessed\n    recovery: { time: 5m }\n',
      'redundancy:\n  db:\n    active: [db-1, db-2]\n    failures: { mtbf: 49d23h } # guessed\n    recovery: { time: 1h, maxTime: 1h, successRate: 100% }\n',
    ],
  ])('writes it: %j', (before, after) => {
    expect(review(before).after).toBe(`version: 1\n${after}`);
  });

  it('leaves alone what nothing happened to, and names what it does not know', () => {
    const { calibrations, unknown } = review('redundancy: { cache: { active: [cache-1] } }');
    expect(calibrations).toMatchObject([{ failures: 0, changes: [] }]);
    expect(calibrations[0]?.mtbf).toMatchObject({ meanMs: Number.POSITIVE_INFINITY });
    expect(unknown).toEqual(['db-1', 'db-2']);
  });
});

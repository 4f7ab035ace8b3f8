import { expect, test } from 'vitest';
import { emptyReport, hostileReport } from '../../core/report/view/testing/edge-reports.ts';
import { sampleReport } from '../../core/report/view/testing/sample-report.ts';
import { isFromPage, isPageState, isToPage } from './protocol.ts';

const place = sampleReport.pools[0]?.place;

test.each([
  { type: 'report', report: sampleReport },
  { type: 'report', report: emptyReport },
  { type: 'report', report: hostileReport },
  { type: 'running', fraction: 0.5, message: 'Replication 10 of 20' },
  { type: 'failed', message: 'No services.' },
  { type: 'failed', message: 'Errors.', problems: [{ message: 'here', place }, { message: 'x' }] },
  { type: 'cancelled' },
])('the page takes %o', (message) => {
  expect(isToPage(structuredClone(message))).toBe(true);
});

test.each([
  null,
  'report',
  [],
  {},
  { type: 'report' },
  { type: 'report', report: { ...sampleReport, format: 'other' } },
  { type: 'running', fraction: '0.5', message: '' },
  { type: 'failed', message: 'x', problems: [{ message: 'x', place: 3 }] },
  { type: 'ready' },
])('the page ignores %o', (message) => {
  expect(isToPage(message)).toBe(false);
});

test('a report that lacks anything, however deep, is refused', () => {
  for (const damaged of damagedCopies(sampleReport)) {
    expect(isToPage({ type: 'report', report: damaged })).toBe(false);
  }
});

/** What the page does not read, and what may be missing. */
const OPTIONAL =
  /^monitor\.(generatedAtMs|windowMs|components|recommendations)|\.description$|^(timeline\.events|recommendations)\.\d+\.place$/;

/** Copies of a value in each of which one field is of the wrong type. */
function* damagedCopies(value: object, path = ''): Generator<object> {
  for (const [key, item] of Object.entries(value)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (/\.\d{2,}$/.test(here) || /\.byType\./.test(here)) continue;
    if (!OPTIONAL.test(here)) yield withField(value, key, Symbol.iterator);
    if (typeof item !== 'object' || item === null || /^monitor\.(components|rec)/.test(here))
      continue;
    for (const damaged of damagedCopies(item, here)) yield withField(value, key, damaged);
  }
}

function withField(value: object, key: string, field: unknown): object {
  if (!Array.isArray(value)) return { ...value, [key]: field };
  return value.map((item, index) => (String(index) === key ? field : item));
}

test('the extension takes what the page says and nothing else', () => {
  expect(isFromPage({ type: 'ready' })).toBe(true);
  expect(isFromPage({ type: 'reveal', place })).toBe(true);
  expect(isFromPage({ type: 'runScenario', scenario: null })).toBe(true);
  expect(isFromPage({ type: 'runScenario', scenario: 'x' })).toBe(true);
  expect(isFromPage({ type: 'rerun' })).toBe(true);
  expect(isFromPage({ type: 'reveal', place: { file: 'x', start: { line: '1' } } })).toBe(false);
  expect(isFromPage({ type: 'runScenario' })).toBe(false);
  expect(isFromPage({ type: 'exec' })).toBe(false);
});

test('state of an older version is not trusted', () => {
  expect(isPageState({ file: 'a', scenario: null, scrollY: 0 })).toBe(true);
  expect(isPageState({ file: 'a', scenario: null })).toBe(false);
  expect(isPageState(undefined)).toBe(false);
});

import { expect, test } from 'vitest';
import type { Report } from '../../core/index.ts';
import { sampleReport } from '../../core/report/view/testing/sample-report.ts';
import { createStyle } from './style.ts';
import { formatSummary } from './summary.ts';

/** The cells of each row, with bars between them. */
function rowsOf(report: Report): string[] {
  const text = formatSummary(report, {
    style: createStyle({ env: { NO_COLOR: '1' }, isTerminal: false }),
    columns: 120,
    alreadyShown: new Set(),
  });
  // Thousands are set apart by a space that does not break.
  return text.split('\n').map((row) =>
    row
      .trim()
      .replace(/\s{2,}/g, ' | ')
      .replace(/\s/g, ' '),
  );
}

test('groups are told how their failures were found out, unless those are known at once', () => {
  const rows = rowsOf(sampleReport);
  const head = rows.findIndex((row) => row.startsWith('Failures in'));
  expect(rows[head]).toBe(
    'Failures in | Found | Slowest | Refused | Mistakes | Weakening | Retries | Degraded | Writes lost',
  );
  expect(rows[head + 2]).toBe('database | 1 | 3.24s | 141 | 1 | 3 | 152 | 4 | ≤ 50ms (12)');
  expect(rows[head + 3]).toBe('');
  const groups = sampleReport.groups.map((group) => ({ ...group, detection: null }));
  const partly = rowsOf({ ...sampleReport, groups });
  expect(partly).toContain('database | – | – | – | 1 | – | 152 | 4 | ≤ 50ms (12)');
  const plain = groups.map((group) => ({ ...group, failover: null }));
  expect(rowsOf({ ...sampleReport, groups: plain }).join('\n')).not.toContain('Failures in');
});

test('limits and calls are told with what they let through and saved', () => {
  const rows = rowsOf(sampleReport);
  expect(rows).toContain('partner (rate limiter) | 50/s | – | 22 348 | 1204 | 12');
  expect(rows).toContain('search (concurrency limit) | 24, lowest 7 | 25 | 24 001 | 0 | 12');
  expect(rows).toContain('orders (connection pool) | 10 | 10 | 24 013 | 310 | 0');
  expect(rows).toContain('checkout → search | 24 013 | 0.55× | 1110 | 11 983 | 21');
});

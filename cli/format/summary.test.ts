import { expect, test } from 'vitest';
import { sampleReport } from '../../core/report/view/testing/sample-report.ts';
import { createStyle } from './style.ts';
import { formatSummary } from './summary.ts';

test('limits and calls are told with what they let through and saved', () => {
  const text = formatSummary(sampleReport, {
    style: createStyle({ env: { NO_COLOR: '1' }, isTerminal: false }),
    columns: 120,
    alreadyShown: new Set(),
  });
  // Thousands are set apart by a space that does not break.
  const rows = text.split('\n').map((row) =>
    row
      .trim()
      .replace(/\s{2,}/g, ' | ')
      .replace(/\s/g, ' '),
  );
  expect(rows).toContain('partner (rate limiter) | 50/s | – | 22 348 | 1204 | 12');
  expect(rows).toContain('search (concurrency limit) | 24, lowest 7 | 25 | 24 001 | 0 | 12');
  expect(rows).toContain('orders (connection pool) | 10 | 10 | 24 013 | 310 | 0');
  expect(rows).toContain('checkout → search | 24 013 | 0.55× | 1110 | 11 983 | 21');
});

import { describe, expect, it } from 'vitest';
import { isRefusedDuration, parseSpringDuration } from './spring-duration.ts';

describe('durations as Spring reads them', () => {
  it.each([
    ['10', 10],
    ['500ms', 500],
    ['10s', 10_000],
    ['10S', 10_000],
    ['2m', 120_000],
    ['1d', 86_400_000],
    ['500ns', 0.0005],
    ['PT1.5S', 1_500],
    ['pt1m', 60_000],
    ['P1DT2H', 93_600_000],
    ['-1s', -1_000],
  ])('%s', (text, ms) => {
    expect(parseSpringDuration(text)).toBe(ms);
    expect(isRefusedDuration(text)).toBe(false);
  });

  it.each(['10 s', '1.5s', '0.5', '30sec', '10 seconds', '5x'])('%s is refused', (text) => {
    expect(parseSpringDuration(text)).toBeUndefined();
    expect(isRefusedDuration(text)).toBe(true);
  });

  // Later versions may read these.
  it.each(['1m30s', 'P', '', 'soon', '1,5s'])('%s is left alone', (text) => {
    expect(parseSpringDuration(text)).toBeUndefined();
    expect(isRefusedDuration(text)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { expectAgreement } from '../testing/agreement.ts';
import { CONFIGS, type Kind, type OracleConfig } from './configs.ts';
import { measured } from './measures.ts';
import oracles from './oracles.json' with { type: 'json' };
import { replicate } from './replicate.ts';

const RUNS = 20;
/** An interval that holds anything would agree with anything. */
const TIGHT = 0.01;
/** Percentiles are read off a histogram. */
const HISTOGRAM_PRECISION = 0.008;
/** Runs begin with nobody there, which takes that much from a mean at most. */
const IDLE_START = 0.003;

interface Case {
  readonly given: unknown;
  readonly expected: Readonly<Record<string, number>>;
  /** Of each run. */
  readonly requests: number;
  /** The measures that so many requests do not tell to 1 %; `bench/oracles` does. */
  readonly wider?: Readonly<Record<string, number>>;
}

describe.each(Object.keys(CONFIGS) as Kind[])('%s', (kind) => {
  const { formula } = oracles[kind];
  const cases: readonly Case[] = oracles[kind].cases;
  const configOf = CONFIGS[kind] as (given: unknown) => OracleConfig;

  test.each(cases.map((each) => ({ ...each, title: JSON.stringify(each.given) })))(
    `of $title: ${formula}`,
    ({ expected, given, requests, wider }) => {
      const config = configOf(given);
      const runs = replicate(config, RUNS, requests);
      for (const [name, exact] of Object.entries(expected)) {
        const rounding = /^p\d/.test(name) ? HISTOGRAM_PRECISION : 0;
        const precision = wider?.[name] ?? TIGHT;
        expectAgreement(measured(name, runs, config), exact, precision, rounding + IDLE_START);
      }
    },
  );
});

test('every case is here, or says why not', () => {
  const { notHere, ...kinds } = oracles;
  expect(Object.keys(CONFIGS).sort()).toEqual(Object.keys(kinds).sort());
  for (const { what, why } of notHere) expect(`${what}: ${why}`).toMatch(/: [A-Z].*\.$/);
});

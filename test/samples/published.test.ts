/** Published results come out of the configs in samples/published, within their intervals. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../core/index.ts';
import { estimate, wilson95 } from '../../core/simulation/estimate.ts';
import { type Replication, runReplication } from '../../core/simulation/replication.ts';
import { expectCalm, faultline, ROOT } from '../cli/harness.ts';

// A simulation takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const FOLDER = join(ROOT, 'samples/published');
const samples = readdirSync(FOLDER).filter((name) => name.endsWith('.resilience.yaml'));
const read = (name: string) => analyse(readFileSync(join(FOLDER, name), 'utf8'), name);

/** @param minutes by default as long as the file says */
function runs(sample: string, scenario: string, count: number, minutes?: number): Replication[] {
  const written = read(`${sample}.resilience.yaml`).model;
  const { simulation } = written;
  const durationMs = { ...simulation.durationMs, value: (minutes ?? 0) * 60_000 };
  const model = minutes ? { ...written, simulation: { ...simulation, durationMs } } : written;
  const chosen = model.scenarios.get(scenario);
  if (!chosen) throw new Error(`There is no scenario '${scenario}'.`);
  return Array.from({ length: count }, (_, replication) => {
    const done = runReplication(model, {
      scenario: chosen,
      seed: model.simulation.seed.value,
      replication,
      journal: () => {},
      mostEvents: Number.MAX_SAFE_INTEGER,
      goOn: () => true,
    });
    if (!done) throw new Error('The run was given up.');
    return done;
  });
}

const served = ({ world }: Replication, service: string) => world.station(service).statistics;

/** How a service came out after the one disturbance of each run. */
const verdicts = (all: readonly Replication[], service: string) =>
  all.flatMap(({ summary }) =>
    summary.comebacks.filter((one) => one.service === service).map(({ verdict }) => verdict),
  );

/** Two estimates of the same number differ by no more than both intervals explain. */
function expectAgreement(values: readonly number[], published: number, halfWidth: number): void {
  const { halfWidth: own, mean } = estimate(values);
  expect(Math.abs(mean - published)).toBeLessThan(Math.hypot(halfWidth, own ?? Infinity));
  // A wide interval would agree with anything.
  expect(own).toBeLessThan(0.15);
}

describe.each(samples)('%s', (name) => {
  it('is a sound config with its page, and says what to run', async () => {
    const { problems, text } = read(name);
    const page = name.replace('.resilience.yaml', '.md');
    expect(problems).toEqual([]);
    expect(text).toContain(`faultline simulate samples/published/${name}`);
    expect(text).toContain(`# More:  ${page}`);
    expect(existsSync(join(FOLDER, page))).toBe(true);
    expect(readFileSync(join(FOLDER, page), 'utf8')).toContain(`](${name})`);
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(`](${page})`);
    const args = ['simulate', `samples/published/${name}`, '--replications', '1'];
    expectCalm((await faultline(args)).stdout);
  });
});

describe('metastable retries (Bronson et al. 2021)', () => {
  const all = runs('retry-metastable', 'trigger', 2);

  it('a budget of 7.1 % saves it; one of 10 %, or none, does not', () => {
    expect(verdicts(all, 'shop-unlimited')).toEqual(['stuck', 'stuck']);
    expect(verdicts(all, 'shop-tenth')).toEqual(['stuck', 'stuck']);
    expect(verdicts(all, 'shop-safe')).toEqual(['recovers', 'recovers']);
  });

  it('560 requests a second keep it down', () => {
    for (const run of all) {
      const seconds = run.summary.durationMs / 1000;
      const sustained = (served(run, 'database-1').requests - 280 * 30) / (seconds - 30);
      expect(Math.abs(sustained - 560)).toBeLessThan(560 / 100);
    }
  });

  it('until fewer than 150 come', () => {
    for (const { summary } of runs('retry-metastable', 'load-falls', 2)) {
      const back = summary.comebacks.find(({ service }) => service === 'shop-unlimited');
      expect(back?.verdict).toBe('recovers-slowly');
      // At 160/s from 0:30 to 2:30 after the fault; then the line empties at 20/s.
      expect(back?.backMs).toBeGreaterThan(150_000);
      expect(back?.backMs).toBeLessThan(200_000);
    }
  });
});

describe('retry amplification', () => {
  it.each([
    ['all-fails', 64, 243],
    ['well', 1, 1],
  ])('%s: one request becomes %d and %d', (scenario, four, three) => {
    for (const run of runs('retry-amplification', scenario, 1)) {
      const requests = (service: string) => served(run, service).requests;
      expect(requests('web') + requests('app')).toBe(40);
      expect(requests('warehouse')).toBe(four * requests('web'));
      expect(requests('storage')).toBe(three * requests('app'));
    }
  });
});

describe('retry strategies (Brooker 2022)', () => {
  it.each([
    ['tenth', 0.1, [0.9001, 1], [0.9999, 1.111], [0.9918, 1.102]],
    ['third', 0.3, [0.699, 1], [0.9919, 1.417], [0.797, 1.139]],
    ['half', 0.5, [0.5, 1], [0.937, 1.877], [0.571, 1.142]],
  ] as const)('%s', (scenario, failing, once, retrying, adapting) => {
    const all = runs('retry-strategies', scenario, 500);
    const measured = (client: string, api: string) => ({
      success: all.map((run) => {
        const { degraded, failures, succeeded } = served(run, client);
        const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
        return succeeded / (succeeded + degraded + failed);
      }),
      load: all.map((run) => served(run, api).requests / served(run, client).requests),
    });
    for (const [[success, load], client, api, attempts] of [
      [once, 'once', 'api-1', 1],
      [retrying, 'retrying', 'api-2', 4],
    ] as const) {
      const found = measured(client, api);
      expectAgreement(found.success, success, 0.0015);
      expectAgreement(found.load, load, 0.003);
      expectAgreement(found.success, 1 - failing ** attempts, 0.0015);
      expectAgreement(found.load, (1 - failing ** attempts) / (1 - failing), 0.003);
    }
    const found = measured('adapting', 'api-3');
    expectAgreement(found.success, adapting[0], 0.0015);
    expectAgreement(found.load, adapting[1], 0.003);
  });
});

describe('collapse (Brooker)', () => {
  const answered = (all: readonly Replication[], service: string) =>
    all.map((run) => served(run, service).succeeded / served(run, service).requests);

  it('a ramp collapses both, with and without backoff', () => {
    const all = runs('collapse', 'ramp', 12);
    expectAgreement(answered(all, 'hasty'), 0.303, 0.008);
    expectAgreement(answered(all, 'patient'), 0.312, 0.008);
  });

  it('a spike is survived with backoff only', () => {
    const all = runs('collapse', 'spike', 40);
    expectAgreement(answered(all, 'hasty'), 0.535, 0.08);
    expectAgreement(answered(all, 'patient'), 0.978, 0.001);
    const stuck = verdicts(all, 'hasty').filter((verdict) => verdict === 'stuck').length;
    const { lower, upper } = wilson95(stuck, all.length);
    expect(lower).toBeLessThan(0.68);
    expect(upper).toBeGreaterThan(0.68);
    expect(new Set(verdicts(all, 'patient'))).toEqual(new Set(['recovers']));
  });
});

describe('retry storm (metafor)', () => {
  it.each(['at-9.5', 'at-8', 'at-7', 'at-5', 'at-3'])('%s: never', (scenario) => {
    expect(verdicts(runs('retry-storm', scenario, 1, 15), 'client')).toEqual(['stuck']);
  });

  it.each([
    ['patient-8', 0.13],
    ['patient-7', 0.53],
  ])('%s: in some runs', (scenario, published) => {
    const all = runs('retry-storm', scenario, 4);
    const back = verdicts(all, 'patient').filter((verdict) => verdict.startsWith('recovers'));
    const { lower, upper } = wilson95(back.length, all.length);
    expect(lower).toBeLessThan(published);
    expect(upper).toBeGreaterThan(published);
  });

  it.each([
    ['at-2.2', 2.2, 373],
    ['at-2', 2, 138],
    ['at-1.8', 1.8, 57],
    ['at-1.5', 1.5, 45],
    ['patient-6', 6, 517],
  ])('%s: back after a while', (scenario, ratePerSecond, medianSeconds) => {
    const all = runs('retry-storm', scenario, 11);
    const seconds = all
      .map(({ summary }) => (summary.comebacks[0]?.backMs ?? Infinity) / 1000)
      .sort((a, b) => a - b);
    // The median lies between the 2nd and the 10th of 11 with 99 % (binomial); told to 25 requests.
    const resolution = 25 / ratePerSecond;
    expect(seconds[1]).toBeLessThanOrEqual(medianSeconds + resolution);
    expect(seconds[9]).toBeGreaterThanOrEqual(medianSeconds - resolution);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { analyse, type Report, simulate } from '../../core/index.ts';
import { expectCalm, faultline, ROOT } from './harness.ts';

// A simulation takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const folder = join(ROOT, 'samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.resilience.yaml'));
const read = (name: string) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return analyse(text, name);
};
const reportOf = async (name: string, ...options: string[]): Promise<Report> => {
  const args = ['simulate', `samples/${name}`, '--format', 'json', ...options];
  return JSON.parse((await faultline(args)).stdout);
};

describe.each(samples)('%s', (name) => {
  const analysis = read(name);

  it('breaks no rule of the format', () => expect(analysis.problems).toEqual([]));

  it('begins with what to look at and what to run', () => {
    expect(analysis.text).toMatch(/^# \S/);
    expect(analysis.text).toContain(`faultline simulate samples/${name}`);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`](${name})`);
  });

  it.each([...analysis.model.scenarios.keys(), 'none'])(
    'simulates scenario %s',
    async (scenario) => {
      const args = ['simulate', `samples/${name}`, '--scenario', scenario, '--replications', '1'];
      const { code, stdout, stderr } = await faultline(args);
      // Whole systems without traffic of their own have nothing to run without their scenario.
      if (code === 2) expect(stderr).toContain('There is nothing to simulate');
      else expectCalm(stdout);
      expect(code === 2).toBe(scenario === 'none' && name.startsWith('web-bulkheads'));
    },
  );
});

describe('the online shop', () => {
  it('has the weak points that its header admits, and no others', () => {
    const found = read('online-shop.resilience.yaml').findings.map(({ ruleId }) => ruleId);
    expect(found).toEqual(['group-no-headroom', 'single-failure-domain', 'timeout-inverted']);
  });

  it('keeps every promise once they are mended as its header says', async () => {
    const { text } = read('online-shop.resilience.yaml');
    const mended = [
      ['minHealthy: 2 # Weak', 'minHealthy: 1 # Mended'],
      ['broker-2, zone: a', 'broker-2, zone: b'],
      ['broker-3, zone: a', 'broker-3, zone: c'],
      [/ +- .*fail: broker-[23].*\n/g, ''],
      ['timeout: 2s', 'timeout: 500ms'],
      ['browsing: { size: 80 }', 'browsing: { size: 160 }'],
    ] as const;
    const sound = mended.reduce((result, [weak, strong]) => result.replace(weak, strong), text);
    const analysis = analyse(sound, 'mended.resilience.yaml');
    expect(analysis.findings).toEqual([]);
    for (const scenario of analysis.model.scenarios.keys()) {
      const outcome = simulate(analysis, { scenario, replications: 5 });
      const objectives = outcome.kind === 'done' ? outcome.report.objectives : [];
      expect(objectives.length).toBeGreaterThan(0);
      expect(objectives.filter(({ status }) => status !== 'met')).toEqual([]);
    }
  });

  it('misses its promises under the rush hour, so the command fails', async () => {
    const args = ['simulate', 'samples/online-shop.resilience.yaml', '--scenario', 'rush-hour'];
    expect((await faultline(args)).code).toBe(1);
  });
});

describe('the usage examples, reproduced', () => {
  it('a failed primary is replaced by the first standby and recovers into the pool', async () => {
    const { groups, components, timeline } = await reportOf('database-cluster.resilience.yaml');
    expect(groups).toMatchObject([
      { level: 'HIGH', members: 4, minHealthy: 2, lowestServing: 2, promotions: 1 },
    ]);
    const promoted = timeline.events.find(({ kind }) => kind === 'promotion');
    expect(promoted).toMatchObject({ atMs: 60_000, text: expect.stringContaining('db-standby-1') });
    expect(components.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'db-primary-1 standby',
      'db-primary-2 active',
      'db-standby-1 active',
      'db-standby-2 standby',
    ]);
  });

  it('a database fails over by itself: what was under way is tried again elsewhere', async () => {
    const { groups, traffic } = await reportOf('database-cluster.resilience.yaml');
    expect(traffic.successRatio.mean).toBe(1);
    expect(groups[0]?.failover?.retries).toBeGreaterThan(0);
    expect(groups[0]?.lostWritesMs).toBe(100);
    const name = 'database-cluster.resilience.yaml';
    const erring = await reportOf(name, '--scenario', 'primary-errs');
    expect(erring.traffic.successRatio.mean).toBe(1);
    expect(erring.groups).toMatchObject([
      { promotions: 0, lowestServing: 1, failover: { degraded: 1, restored: 1 } },
    ]);
  });

  it('a breaker and a fallback hide an API that fails', async () => {
    const { breakers, traffic } = await reportOf('external-api.resilience.yaml');
    expect(traffic.successRatio.mean).toBe(1);
    expect(traffic.degradedRatio.mean).toBeGreaterThan(0.5);
    expect(breakers[0]?.opened).toBeGreaterThan(0);
  });

  it('pools keep 100 requests of 50 callers apart', async () => {
    const { pools, services, traffic } = await reportOf('web-bulkheads.resilience.yaml');
    expect(traffic.requests).toEqual({ mean: 100, halfWidth: 0 });
    expect(pools.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'critical 20',
      'standard 30',
      'background 10',
      'external 15',
    ]);
    expect(services).toHaveLength(7);
    expect(pools.reduce((sum, { requests }) => sum + requests, 0)).toBe(100);
    // Not all succeed: 1 in 10 fails, and some find their pool full.
    expect(traffic.successRatio.mean).toBeGreaterThan(0.75);
    expect(traffic.successRatio.mean).toBeLessThan(0.95);
  });

  it('20 random failures of five components end in a report with a score', async () => {
    const { components, monitor } = await reportOf('random-failures.resilience.yaml');
    expect(components.map(({ id }) => id).sort()).toEqual([
      'cache-redis',
      'database-primary',
      'load-balancer',
      'web-server-1',
      'web-server-2',
    ]);
    expect(monitor.summary.totalFailures).toBe(20);
    expect(monitor.summary.mttrMinutes).toBeGreaterThan(0.5);
    expect(monitor.summary.mttrMinutes).toBeLessThan(10);
    expect(monitor.summary.score.total).toBeGreaterThan(0);
  });
});

describe('the other samples', () => {
  it.each(['crash', 'stalls-and-dies'])(
    'fewer requests are refused where heartbeats are weighed: %s',
    async (scenario) => {
      const report = await reportOf('detection.resilience.yaml', '--scenario', scenario);
      const [counted, weighed] = report.groups.map(({ detection }) => detection);
      expect(weighed?.weakenings).toBe(1);
      expect(counted?.weakenings).toBe(0);
      expect(weighed?.refused).toBeLessThan((counted?.refused ?? 0) / 2);
      // It is sure only later.
      expect(weighed?.slowestMs).toBeGreaterThan(counted?.slowestMs ?? 0);
    },
  );

  it('a failover loses what the copies did not have yet, and nothing that a quorum agreed on', async () => {
    const { groups, traffic } = await reportOf('replicated-database.resilience.yaml');
    const [carts, ledger] = groups;
    expect(carts?.lostWritesMs).toBe(200);
    expect(carts?.lostWrites).toBeGreaterThan(0);
    expect(ledger).toMatchObject({ lostWritesMs: 0, lostWrites: 0 });
    expect(traffic.successRatio.mean).toBeGreaterThan(0.999);
  });

  it('without its quorum a ledger is read, but not written to', async () => {
    const { services } = await reportOf(
      'replicated-database.resilience.yaml',
      '--scenario',
      'two-copies-lost',
    );
    const lost = services.map(({ failures, name }) => [name, failures['no-quorum'] > 0]);
    expect(lost).toEqual([
      ['cart', false],
      ['account', false],
      ['statement', false],
      ['payment', true],
    ]);
  });
});

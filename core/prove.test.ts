import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { isProvable, prove, runProof } from './prove.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const fixtures = globSync(
  ['formats/*/fixtures/*.{yaml,json}', 'rules/{breakers,timeouts}/fixtures/*.fires.yaml'],
  { cwd: folder },
).sort();

const findings = fixtures.flatMap((name) => {
  const analysis = analyse(readFileSync(join(folder, name), 'utf8'), name);
  return analysis.findings
    .filter(isProvable)
    .map((finding, index) => ({ analysis, finding, name: `${name} ${finding.ruleId} ${index}` }));
});

describe('a proof', () => {
  const all = findings.map(({ analysis, finding, name }) => ({
    name,
    proof: prove(analysis, finding),
  }));

  it('is there for each of the three defects, in native files and others', () => {
    const proved = new Set(
      all.flatMap(({ name, proof }) =>
        proof ? [`${name.split('/')[1]} ${name.split(' ')[1]}`] : [],
      ),
    );
    expect([...proved].sort()).toEqual(
      expect.arrayContaining([
        'breakers breaker-blind-to-hangs',
        'breakers breaker-trips-on-one-request',
        'breakers breaker-window-shorter-than-timeout',
        'dapr dapr-breaker-blind-to-hangs',
        'dapr dapr-one-request-opens-breaker',
        'istio attempts-exceed-deadline',
        'timeouts attempts-exceed-deadline',
      ]),
    );
  });

  it.each(all.filter(({ proof }) => proof))('$name happens, and not when mended', ({ proof }) => {
    const run = proof && runProof(proof);
    expect(run).toMatchObject({ asIs: { status: 'missed' }, mended: { status: 'met' } });
  });

  it('is a config without problems, in which the same is found', () => {
    for (const { proof } of all) {
      if (!proof) continue;
      const analysis = analyse(proof.text, 'proof.resilience.yaml');
      expect(analysis.problems).toEqual([]);
      expect(analysis.findings.filter(isProvable)).not.toEqual([]);
      const mended = analyse(proof.mendedText, 'proof.resilience.yaml');
      expect(mended.findings.filter(isProvable)).toEqual([]);
    }
  });

  it('is there for nothing else', () => {
    const text = 'version: 1\nservices: { a: { calls: [{ to: b }] }, b: {} }\n';
    const analysis = analyse(text, 'a.resilience.yaml');
    for (const finding of analysis.findings) expect(prove(analysis, finding)).toBeUndefined();
  });
});

describe('what rules reckon', () => {
  const time = fc.integer({ min: 1, max: 20_000 }).map((ms) => `${ms}ms`);
  const jitter = fc.constantFrom('none', 'full', 'equal', 'decorrelated');
  const growth = fc.constantFrom('constant', 'linear', 'exponential');
  const config = fc
    .record({
      attempts: fc.integer({ min: 1, max: 6 }),
      deadline: time,
      failureThreshold: fc.integer({ min: 1, max: 6 }),
      growth,
      initial: time,
      jitter,
      resetInterval: time,
      timeout: time,
    })
    .map(
      (one) => `version: 1
circuitBreakers:
  b: { counting: consecutive, failureThreshold: ${one.failureThreshold}, resetInterval: ${one.resetInterval} }
retries:
  r: { attempts: ${one.attempts}, backoff: { initial: ${one.initial}, growth: ${one.growth}, max: 20s, jitter: ${one.jitter} } }
services:
  shop:
    calls:
      - { to: partner, timeout: ${one.timeout}, deadline: ${one.deadline}, retry: r, circuitBreaker: b }
  partner: {}
`,
    );

  it('happens, whatever the numbers', () => {
    fc.assert(
      fc.property(config, (text) => {
        const analysis = analyse(text, 'some.resilience.yaml');
        for (const finding of analysis.findings.filter(isProvable)) {
          const proof = prove(analysis, finding);
          expect(proof && runProof(proof), proof?.text).toMatchObject({ isShown: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});

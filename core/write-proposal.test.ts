import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from './analyse.ts';
import { applyEdits } from './config/edit/index.ts';
import {
  judgeOf,
  type ObjectiveName,
  objectivesOf,
  type Proposal,
  type ReachResult,
  reach,
} from './reach/index.ts';
import { randomConfig } from './simulation/testing/random-config.ts';
import { writeProposal } from './write-proposal.ts';

const FILE = 'a.resilience.yaml';
const analyseAgain = (text: string) => analyse(text, FILE);

/** By closed forms alone: the simulator has tests of its own. */
function reachedBy(analysis: Analysis, objective: Proposal['objective']): ReachResult<string> {
  return reach(analysis.model, objective, {
    accept: (proposal) => {
      const written = writeProposal(analysis, proposal, { analyseAgain });
      if (written.kind === 'rejected') return written;
      return { kind: 'accepted', confirmation: applyEdits(analysis.text, written.edits) };
    },
  });
}

function edited(text: string, { kind }: ObjectiveName = { kind: 'availability' }): string {
  const analysis = analyse(text, FILE);
  const objective = objectivesOf(analysis.model).find((one) => one.kind === kind);
  if (!objective) throw new Error('There is no such objective.');
  const result = reachedBy(analysis, objective);
  if (result.kind !== 'reached') throw new Error(JSON.stringify(result, null, 1));
  return result.confirmation;
}

const NUMBERS = `failures: { mtbf: 99h }
    recovery: { time: 1h, maxTime: 1h, successRate: 100% }`;

describe('a proposal', () => {
  it('keeps comments and style', () => {
    const text = `version: 1 # the first
objectives: { availability: 99.99% }
redundancy:
  db: # what must not be lost
    minHealthy: 2
    active:
      - { id: 'db-1', zone: a } # in the cellar
      - { id: 'db-2', zone: b }
      - { id: 'db-3', zone: b } # under the roof
    ${NUMBERS}
`;
    expect(edited(text)).toBe(
      text.replace('# under the roof\n', '# under the roof\n      - { id: db-4, zone: a }\n'),
    );
  });

  it('is written in JSON as JSON', () => {
    const config = {
      version: 1,
      objectives: { availability: '99.99%' },
      redundancy: {
        db: {
          minHealthy: 1,
          active: ['a-1'],
          failures: { mtbf: '99h' },
          recovery: { time: '1h', maxTime: '1h', successRate: '100%' },
        },
      },
    };
    const found = JSON.parse(edited(JSON.stringify(config, null, 2)));
    expect(found.redundancy.db.active).toEqual(['a-1', 'a-2']);
  });

  it('writes what was a default beside its part', () => {
    const text = `version: 1
objectives: { availability: 99.9% }
retries:
  again:
    budget: 100%
services:
  shop: { calls: [{ to: pay, retry: again }] }
  pay: { errorRate: 20% }
`;
    expect(edited(text)).toBe(
      text.replace('    budget: 100%\n', '    budget: 100%\n    attempts: 5\n'),
    );
  });

  it('is not made where the text cannot be edited without changing other places', () => {
    const analysis = analyse(
      `version: 1
objectives: { availability: 99.99% }
redundancy:
  db: &group { minHealthy: 1, active: [a], failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% } }
services: { shop: { calls: [{ to: db }] } }
x: *group
`,
      FILE,
    );
    const [objective] = objectivesOf(analysis.model);
    expect(objective && reachedBy(analysis, objective)).toMatchObject({
      kind: 'unreachable',
      why: 'What would meet it cannot be proposed: the text cannot be edited so (shared).',
    });
  });

  it('that would bring an error is none', () => {
    const text = `version: 1
objectives: { availability: 99.9% }
connectionPools: { db: { max: 10 } }
redundancy: { db: { minHealthy: 1, active: [a], maxConnections: 12, latency: 100ms } }
services:
  web: { latency: 1ms, traffic: { rate: 100/s }, calls: [{ to: db, connectionPool: db }] }
`;
    const analysis = analyse(text, FILE);
    expect(analysis.findings.map(({ ruleId }) => ruleId)).not.toContain(
      'pools-oversubscribe-target',
    );
    const [objective] = objectivesOf(analysis.model);
    const result = objective && reachedBy(analysis, objective);
    expect(result).toMatchObject({
      kind: 'unreachable',
      why: expect.stringContaining('it would bring an error: '),
    });
  });
});

const objectives = fc
  .record({
    availability: fc.constantFrom('50%', '90%', '99%', '99.9%', '99.999%'),
    p50: fc.constantFrom('10ms', '60ms', '300ms'),
    p99: fc.constantFrom('50ms', '400ms', '3s'),
    rto: fc.constantFrom('1s', '1m'),
    rpo: fc.constantFrom('0s', '10ms'),
  })
  .map(
    ({ availability, p50, p99, rpo, rto }) =>
      `objectives: { availability: ${availability}, latency: { p50: ${p50}, p99: ${p99} }, rto: ${rto}, rpo: ${rpo} }`,
  );

/** The small systems that the simulator is tried with, with numbers and promises. */
const configs = fc
  .record({
    config: randomConfig,
    objectives,
    group: fc.constantFrom(
      'failures: { mtbf: 10d }, recovery: { time: 1h, maxTime: 1h }',
      'failures: { mtbf: 1d }, detection: { interval: 20s }, capacity: 60/s',
      'standby: [d2], standbyMode: cold, activation: 5m, failures: { mtbf: 2d }, replication: { lag: 1s }',
    ),
    rate: fc.constantFrom('', 'traffic: { rate: 5/s }, ', 'traffic: { rate: 50/s }, '),
  })
  .map(
    ({ config, group, objectives, rate }) =>
      `version: 1 # a comment\n${objectives}${config
        .replace('active: [d1]', `active: [d1], ${group} # another`.replace(' # another', ''))
        .replace('web: { ', `web: { ${rate}`)
        .replace('\nservices:', '\n# and one more\nservices:')}`,
  );

describe('every proposal for any objective of any config', () => {
  it('applied, is read without new errors, and meets the objective by the same closed form', () => {
    let proposals = 0;
    fc.assert(
      fc.property(configs, (text) => {
        const analysis = analyse(text, FILE);
        for (const objective of objectivesOf(analysis.model)) {
          const result = reachedBy(analysis, objective);
          if (result.kind === 'unreachable') expect(result.why).toMatch(/^[A-Z].*\.$/s);
          if (result.kind === 'cannot-judge') expect(result.missing.length).toBeGreaterThan(0);
          if (result.kind !== 'reached') continue;
          proposals += 1;
          const after = analyse(result.confirmation, FILE);
          expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
          const forecast = judgeOf(objective).forecast(after.model);
          expect(forecast.isMet).toBe(true);
          expect(forecast.value).toBeCloseTo(result.proposal.after.value, 9);
          for (const comment of ['# a comment', '# and one more']) {
            expect(result.confirmation).toContain(comment);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(proposals).toBeGreaterThan(5);
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(configs, (text) => {
        const once = analyse(text, FILE);
        const again = analyse(text, FILE);
        for (const objective of objectivesOf(once.model)) {
          expect(reachedBy(again, objective)).toEqual(reachedBy(once, objective));
        }
      }),
      { numRuns: 5 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { Fingerprints, knownFindings, knownIn, readBaseline, writeBaseline } from './index.ts';

const TEXT = `version: 1
redundancy:
  orders:
    minHealthy: 1
    active: [orders-1]
  queue:
    active: [queue-1, queue-2]
retries:
  patient: {}
services:
  web:
    calls:
      - { to: shop, timeout: 1s }
  shop:
    calls:
      - { to: stock, timeout: 5s }
      - { to: taxes, timeout: 5s, retry: nowhere }
  stock: {}
  taxes: {}
`;

function fingerprintsOf(text: string): string[] {
  const { findings, root } = analyse(text, 'a.resilience.yaml');
  const fingerprints = new Fingerprints(root);
  return findings.map((finding) => fingerprints.of(finding));
}

const OF_TEXT = [
  'single-instance redundancy/orders',
  'group-minimum-missing redundancy/queue',
  'unused-definition retries/patient',
  'timeout-inverted services/shop/calls/stock',
  'timeout-inverted services/shop/calls/taxes',
  'unknown-reference services/shop/calls/taxes',
];

describe('a fingerprint', () => {
  it('names the rule and the thing', () => expect(fingerprintsOf(TEXT)).toEqual(OF_TEXT));

  it.each([
    ['lines above it', `# one\n\n# two\n${TEXT}`],
    ['Windows line ends', TEXT.replaceAll('\n', '\r\n')],
    ['another value, and so another message', TEXT.replaceAll('5s', '9s')],
    [
      'another order of the file',
      TEXT.replace(/(redundancy:.*)(retries:.*)(services:)/s, '$2$1$3'),
    ],
    [
      'another order of a list',
      TEXT.replace(/( +- \{ to: stock.*\n)( +- \{ to: taxes.*\n)/, '$2$1'),
    ],
  ])('stays the same with %s', (_, text) =>
    expect(fingerprintsOf(text).sort()).toEqual(OF_TEXT.toSorted()),
  );

  it('stays the same when a default is written out', () => {
    const text = TEXT.replace('queue:\n', 'queue:\n    minHealthy: 0\n');
    expect(fingerprintsOf(text)).toEqual(OF_TEXT);
  });

  it('keeps names with slashes apart', () => {
    const names = ['a/b', 'a~1b', 'a'];
    const groups = names.map((name) => `  ${name}: { minHealthy: 1, active: ["${name} 1"] }\n`);
    const found = fingerprintsOf(`version: 1\nredundancy:\n${groups.join('')}`);
    expect(new Set(found).size).toBe(3);
  });
});

describe('a baseline', () => {
  const known = knownFindings(fingerprintsOf(TEXT));
  const judge = (text: string, one = known) => analyse(text, 'a.resilience.yaml', { known: one });

  it('counts findings by their fingerprints, sorted', () => {
    expect(Object.keys(known)).toEqual(OF_TEXT.toSorted());
    expect(new Set(Object.values(known))).toEqual(new Set([1]));
  });

  it('hides what was there before, and keeps it', () => {
    const after = judge(`# moved\n${TEXT}`);
    expect(after).toMatchObject({ findings: [], gone: 0 });
    expect(after.suppressed.map(({ by }) => by.kind)).toEqual(
      Array(OF_TEXT.length).fill('baseline'),
    );
  });

  it('shows what is new, in another thing or in the same one', () => {
    const text = TEXT.replace(
      'orders-1]\n',
      'orders-1]\n  mail: { minHealthy: 1, active: [mail-1] }\n',
    ).replace('retry: nowhere', 'retry: nowhere, bulkhead: nowhere');
    const ids = judge(text).findings.map(({ ruleId }) => ruleId);
    expect(ids).toEqual(['single-instance', 'unknown-reference']);
  });

  it('counts what is gone', () => {
    expect(judge(TEXT.replace('retries:\n  patient: {}\n', '')).gone).toBe(1);
  });

  it('never hides problems of the file itself', () => {
    const broken = `${TEXT}whatever: 1\n`;
    const { findings } = judge(broken, knownFindings(fingerprintsOf(broken)));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['unknown-key']);
  });

  it('is text that reads back, whatever the names', () => {
    const counts = fc.dictionary(fc.string(), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), counts), (files) => {
        const baseline = readBaseline(writeBaseline(new Map(Object.entries(files))));
        for (const [path, one] of Object.entries(files)) {
          expect(baseline && Object.entries(knownIn(baseline, path)).sort()).toEqual(
            Object.entries(one).sort(),
          );
        }
      }),
    );
  });

  it('is the same text for the same findings', () => {
    const entries: [string, typeof known][] = [
      ['b', known],
      ['a', { x: 1 }],
      ['clean', {}],
    ];
    const text = writeBaseline(new Map(entries));
    expect(writeBaseline(new Map(entries.toReversed()))).toBe(text);
    expect(Object.keys(JSON.parse(text).files)).toEqual(['a', 'b']);
  });

  it.each(['', '[]', '{}', '{"format":"faultline-baseline","version":2,"files":{}}', 'null'])(
    'is not %j',
    (text) => expect(readBaseline(text)).toBeUndefined(),
  );

  it.each(['{"a":{"b":0}}', '{"a":{"b":"1"}}', '{"a":1}', '[]'])('has no files like %s', (files) =>
    expect(readBaseline(`{"format":"faultline-baseline","version":1,"files":${files}}`)).toBe(
      undefined,
    ),
  );
});

import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from './analyse.ts';
import { applyEdits } from './config/edit/index.ts';
import { fixAll } from './fix-all.ts';

const FILE = 'shop.resilience.yaml';
const fixed = (text: string, again = (one: string): Analysis => analyse(one, FILE)) =>
  fixAll(analyse(text, FILE), again);

describe('fixing all that is safe', () => {
  const text = `version: 1
retries:
  patient: { budget: 10% } # three tries
services:
  shop:
    calls:
      - { to: stokc, timeout: 1s, retry: patiant } # both misspelt
  stock: {}
`;

  it('does all of it at once, and says what it did', () => {
    const { analysis, edits, done } = fixed(text);
    expect(analysis.text).toBe(text.replace('stokc', 'stock').replace('patiant', 'patient'));
    expect(applyEdits(text, edits)).toBe(analysis.text);
    expect(edits).toHaveLength(2);
    expect(done.map(({ fix }) => fix.title)).toEqual([
      "Change the name to 'stock'",
      "Change the name to 'patient'",
    ]);
    expect(analysis.findings).toEqual([]);
  });

  it('goes on with what comes to light', () => {
    // Only once the name is right does the call take part in the chain.
    const chain = `version: 1
services:
  web:
    calls: [{ to: shpo, timeout: 1s }]
  shop:
    calls: [{ to: stock, timeout: 5s }]
  stock: {}
`;
    const { analysis, done } = fixed(chain);
    expect(done.map(({ finding }) => finding.ruleId)).toEqual([
      'unknown-reference',
      'timeout-inverted',
    ]);
    expect(analysis.text).toBe(chain.replace('shpo', 'shop').replace('5s', '900ms'));
  });

  it('leaves out what cannot be done without changing other places, and does the rest', () => {
    const shared = `version: 1
services:
  shop: &shop
    calls: [{ to: stokc }]
  mall:
    <<: *shop
  kiosk:
    calls: [{ to: stokc }]
  stock: {}
`;
    const { analysis, done } = fixed(shared);
    expect(done).toHaveLength(1);
    expect(analysis.text).toBe(
      shared.replace('kiosk:\n    calls: [{ to: stokc', 'kiosk:\n    calls: [{ to: stock'),
    );
  });

  it('does nothing where there is nothing to do', () => {
    expect(fixed('version: 1\n')).toMatchObject({ edits: [], done: [] });
  });

  it('ends even if the same thing is found again and again', () => {
    let rounds = 0;
    const { done } = fixed(text, () => {
      rounds++;
      return analyse(text, FILE);
    });
    expect(rounds).toBe(10);
    expect(done).toHaveLength(20);
  });
});

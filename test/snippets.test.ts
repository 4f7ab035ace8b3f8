/** Snippets are text that nobody checks while they are typed in: what they insert must be sound. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../core/analyse.ts';
import { withoutStops } from '../core/language/completion.ts';
import { simulate } from '../core/simulate.ts';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly body: readonly string[];
}

const file = new URL('../client/language/snippets.json', import.meta.url);
const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync(file, 'utf8'));

describe('snippets', () => {
  it.each(Object.entries(snippets))('%s: inserts what has no errors of its own', (_, { body }) => {
    const text = withoutStops(body.join('\n'));
    const whole = text.startsWith('version') ? text : `version: 1\n${text}`;
    const { problems } = analyse(whole, 'shop.resilience.yaml');
    expect(problems).toEqual([]);
  });

  it('begin with a config that is sound as it stands, and can be simulated', () => {
    const [first] = Object.values(snippets);
    const text = withoutStops(first?.body.join('\n') ?? '');
    const analysis = analyse(text, 'shop.resilience.yaml');
    expect(analysis.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(simulate(analysis, { replications: 1 }).kind).toBe('done');
  });
});

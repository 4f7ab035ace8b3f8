import { describe, expect, it } from 'vitest';
import { RULES } from '../rules/index.ts';
import { readConfiguration, settingsFor } from './index.ts';

const read = (text: string) => readConfiguration(text, 'faultline.config.yaml');

/** What is wrong, with the text it is said of. */
const problemsOf = (text: string) =>
  read(text).problems.map(({ message, at }) => [text.slice(at.start, at.end), message]);

describe('a configuration', () => {
  const text = `rules:
  single-instance: off
  unused-definition: { severity: warning }
  unused-suppression: hint
overrides:
  - files: [legacy/, "*.json"]
    rules:
      single-instance: { severity: info, parameters: { demandingAvailability: 0.99 } }
  - files: [legacy/old/**]
    rules: { single-instance: hint }
baseline: faultline-baseline.json
`;
  const configuration = read(text);
  const settingOf = (path: string, id: string) => settingsFor(configuration, path).get(id);

  it('has no problems', () => expect(configuration.problems).toEqual([]));

  it('says how bad rules are', () => {
    expect(settingOf('shop.resilience.yaml', 'single-instance')).toEqual({ severity: 'off' });
    expect(settingOf('shop.resilience.yaml', 'unused-definition')).toEqual({ severity: 'warning' });
    expect(settingOf('shop.resilience.yaml', 'unused-suppression')).toEqual({ severity: 'hint' });
    expect(settingOf('shop.resilience.yaml', 'timeout-inverted')).toBeUndefined();
  });

  it.each(['legacy/shop.resilience.yaml', 'a/resilience.json'])('says otherwise of %s', (path) => {
    const parameters = { demandingAvailability: 0.99 };
    expect(settingOf(path, 'single-instance')).toEqual({ severity: 'info', parameters });
    expect(settingOf(path, 'unused-definition')).toEqual({ severity: 'warning' });
  });

  it('lays later overrides over earlier ones, key by key', () => {
    const parameters = { demandingAvailability: 0.99 };
    const setting = settingOf('legacy/old/resilience.yaml', 'single-instance');
    expect(setting).toEqual({ severity: 'hint', parameters });
  });

  it('names its baseline, and where it does', () => {
    const { value, source } = configuration.baseline ?? expect.fail();
    expect(value).toBe('faultline-baseline.json');
    expect(text.slice(source.at.start, source.at.end)).toBe(value);
  });

  it('may be empty, or all comments', () => {
    for (const nothing of ['', '# nothing yet\n']) {
      expect(read(nothing)).toMatchObject({ problems: [], rules: new Map(), overrides: [] });
    }
  });
});

describe('what is wrong with a configuration is said where it is', () => {
  it.each([
    ['rule: {}', [['rule', "'rule' is not known here. Did you mean 'rules'?"]]],
    [
      'rules: { singel-instance: off }',
      [['singel-instance', "There is no rule 'singel-instance'. Did you mean 'single-instance'?"]],
    ],
    ['rules: { whatever: off }', [['whatever', "There is no rule 'whatever'."]]],
    [
      'rules: { yaml-syntax: off }',
      [['yaml-syntax', "'yaml-syntax' is a problem of a file itself, which is always an error."]],
    ],
    [
      'rules: { single-instance: wraning }',
      [['wraning', "'wraning' is not understood. Write it like 'warning'."]],
    ],
    [
      'rules: { single-instance: { severity: wraning } }',
      [['wraning', "'wraning' is not one of the choices. Did you mean 'warning'?"]],
    ],
    [
      'rules: { single-instance: { parameters: { demandingAvailabilty: 1 } } }',
      [
        [
          'demandingAvailabilty',
          "The rule 'single-instance' has no parameter 'demandingAvailabilty'. Did you mean 'demandingAvailability'?",
        ],
      ],
    ],
    [
      'rules: { unused-definition: { parameters: { most: 1 } } }',
      [['most', "The rule 'unused-definition' has no parameter 'most'."]],
    ],
    [
      'rules: { single-instance: { parameters: { demandingAvailability: 99.9 } } }',
      [['99.9', "'demandingAvailability' must be at least 0 and at most 1."]],
    ],
    [
      'rules: { single-instance: { parameters: { demandingAvailability: high } } }',
      [['high', "Expected a number, found 'high'."]],
    ],
    [
      'overrides: [{ files: [] }]',
      [
        ['files', 'The list is empty; name at least one.'],
        ['files', "Override needs 'rules'. Add it."],
      ],
    ],
    ['baseline: ""', [['""', 'This must not be empty.']]],
    ['rules: [', [['[', "The '[' before this is not closed by ']' on indented lines."]]],
    [
      'rules: { __proto__: off, constructor: off }',
      [
        ['__proto__', "There is no rule '__proto__'."],
        ['constructor', "There is no rule 'constructor'."],
      ],
    ],
  ])('%s', (text, expected) => expect(problemsOf(text).toSorted()).toEqual(expected.toSorted()));

  it('and the rest counts', () => {
    const { rules, problems } = read('rules: { nothing: off, single-instance: off }\nmore: 1\n');
    expect(problems).toHaveLength(2);
    expect(rules).toEqual(new Map([['single-instance', { severity: 'off' }]]));
  });
});

it('the parameters of rules are told apart and explained', () => {
  for (const { id, parameters = {} } of RULES) {
    for (const [name, { title, default: usual, minimum, maximum }] of Object.entries(parameters)) {
      expect(name, id).toMatch(/^[a-z][A-Za-z]+$/);
      expect(title, id).toMatch(/^[a-z].*[^.]$/);
      expect(usual).toBeGreaterThanOrEqual(minimum);
      expect(usual).toBeLessThanOrEqual(maximum ?? Number.POSITIVE_INFINITY);
    }
  }
});

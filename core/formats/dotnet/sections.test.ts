import { describe, expect, it } from 'vitest';
import { analyse } from '../../analyse.ts';
import { Workspace } from '../../workspace.ts';

const HANDLER = `{
  "Http": {
    "Retry": { "MaxRetryAttempts": 1 },
    "TotalRequestTimeout": { "Timeout": "00:00:05" }
  }
}`;

describe('recognition', () => {
  it.each([
    ['a handler', HANDLER, '.NET'],
    ['in another case', HANDLER.toLowerCase(), '.NET'],
    ['with comments', `// of ours\n${HANDLER.replace('{', '{ /* "{" */')}`, '.NET'],
    ['after a byte order mark', `\uFEFF${HANDLER}`, '.NET'],
    // A project's own options have names of their own among them.
    [
      'own options',
      '{"Smtp": {"Resilience": {"MaxRetries": 3, "AttemptTimeout": "00:00:30", "CircuitBreaker": {"Enabled": true, "MinimumThroughput": 20}}}}',
      undefined,
    ],
    [
      'own strategies',
      '{"A": {"Retry": {"MaxRetries": 1}, "CircuitBreaker": {"SamplingDuration": "00:02:00", "MinimumThroughput": 5}}}',
      undefined,
    ],
    [
      'names of Polly 7',
      '{"A": {"CircuitBreaker": {"FailureThreshold": 0.5, "MinimumThroughput": 10, "DurationOfBreak": "00:01:00"}, "Retry": {"MaxRetryAttempts": 3, "InitialDelay": "00:00:01"}}}',
      undefined,
    ],
    ['one of many numbers', '{"Payments": {"MaxRetryAttempts": 3}}', undefined],
  ])('%s', (_, text, format) => {
    expect(analyse(text, 'appsettings.json').format).toBe(format);
  });
});

describe('files of several environments', () => {
  const found = (files: Readonly<Record<string, string>>) => {
    const workspace = new Workspace();
    for (const [name, text] of Object.entries(files)) workspace.set(name, text);
    return Object.keys(files).flatMap((name) =>
      (workspace.analyse(name)?.findings ?? []).map(({ ruleId }) => `${name}: ${ruleId}`),
    );
  };
  const OTHER =
    '{"Http": {"AttemptTimeout": {"Timeout": "00:00:02"}, "Retry": {"MaxRetryAttempts": 1}}}';

  it('may have what is missing in one of them', () => {
    expect(found({ 'appsettings.json': HANDLER })).toEqual([
      'appsettings.json: dotnet-times-contradict',
    ]);
    expect(found({ 'appsettings.json': HANDLER, 'appsettings.Test.json': OTHER })).toEqual([]);
  });

  it('of another project have nothing to do with it', () => {
    expect(found({ 'a/appsettings.json': HANDLER, 'b/appsettings.json': OTHER })).toEqual([
      'a/appsettings.json: dotnet-times-contradict',
    ]);
  });
});

import { expect, it } from 'vitest';
import { analyse } from '../../analyse.ts';

it.each([
  ['a config', '{"methodConfig": [{"name": [{"service": "a.B"}]}]}', 'gRPC'],
  ['a budget alone', '{"retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}}', 'gRPC'],
  ['something else by that name', '{"methodConfig": {"get": true}}', undefined],
  ['a list of something else', '{"methodConfig": [{"verb": "get"}]}', undefined],
  ['no mapping', '["methodConfig"]', undefined],
])('%s', (_, text, format) => {
  expect(analyse(text, 'config.json').format).toBe(format);
});

it('asks no maxAttempts of configs for generators', () => {
  const text = `{"methodConfig": [{"name": [{"service": "a.B"}], "retryPolicy": {
    "initialBackoff": "1s", "maxBackoff": "2s", "backoffMultiplier": 2, "retryableStatusCodes": [] }}]}`;
  expect(analyse(text, 'b_grpc_service_config.json').findings).toEqual([]);
  const found = analyse(text, 'config.json').findings.map(({ ruleId }) => ruleId);
  expect(found).toContain('grpc-config-refused');
});

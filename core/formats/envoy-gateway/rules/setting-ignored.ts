import { defaultAside } from '../../../model/source.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import { type TrafficPolicy, triggersText } from '../policy.ts';
import type { EnvoyGatewayWhole } from '../whole.ts';

const CODES = 'retriable-status-codes';

export const envoyGatewaySettingIgnored: FormatRule<EnvoyGatewayWhole> = {
  id: 'envoy-gateway-setting-ignored',
  title: 'A setting is not read, for want of another one',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Some settings of a \`BackendTrafficPolicy\` are read only beside others; without those they are accepted
and do nothing.

**Fires when**

- \`httpStatusCodes\` are listed, and \`triggers\` are written without \`retriable-status-codes\`;
- \`triggers\` have \`retriable-status-codes\`, and there are no \`httpStatusCodes\`;
- \`consecutiveLocalOriginFailures\` is set without \`splitExternalLocalOriginErrors\`;
- \`consecutiveGatewayErrors\` is no lower than \`consecutive5XxErrors\`, so that the latter is reached first;
- \`maxParallelRetries\` stands beside a \`retryBudget\`, which takes its place.

**Fix** Add what is missing, or remove what is not read.

**Source** Envoy Gateway API, \`RetryOn\`, \`PassiveHealthCheck\`, \`CircuitBreaker\`; envoyproxy/gateway,
\`buildRetryPolicy\`.
`,
  *check({ policies }) {
    for (const policy of policies) {
      yield* ofRetry(policy);
      yield* ofPassive(policy);
      yield* ofBreaker(policy);
    }
  },
};

function* ofRetry({ retry }: TrafficPolicy): Generator<RuleFinding> {
  if (!retry || retry.fields.unclear) return;
  const { codesAt, triggers } = retry;
  if (triggers.source.kind !== 'explicit') return;
  const hasTrigger = triggers.value.includes(CODES);
  const { at } = triggers.source;
  if (codesAt && !hasTrigger) {
    yield {
      subject: `codes ${codesAt.file} ${codesAt.start}`,
      message: `httpStatusCodes are not retried: they need the trigger ${CODES}, and triggers are ${triggersText(retry)}. Add it.`,
      at: codesAt,
      unnecessary: true,
      fixes: [
        {
          title: `Add ${CODES} to triggers`,
          safe: false,
          changes: [{ kind: 'replace', at, value: [...triggers.value, CODES] }],
        },
      ],
    };
  }
  if (hasTrigger && !codesAt) {
    yield {
      subject: `codes ${at.file} ${at.start}`,
      message: `The trigger ${CODES} retries nothing without httpStatusCodes: once triggers are written, the default of 503 does not hold. Add httpStatusCodes.`,
      at,
    };
  }
}

function* ofPassive({ passive }: TrafficPolicy): Generator<RuleFinding> {
  if (!passive || passive.unclear) return;
  const { consecutive5xx, consecutiveGateway, fields, localOriginAt, splitsLocalOrigin } = passive;
  if (localOriginAt && !splitsLocalOrigin) {
    const key = 'splitExternalLocalOriginErrors';
    yield {
      subject: `local origin ${localOriginAt.file} ${localOriginAt.start}`,
      message: `consecutiveLocalOriginFailures has no effect without ${key}: failures to connect count as 5xx errors. Add ${key}: true.`,
      at: localOriginAt,
      unnecessary: true,
      fixes: [
        {
          title: `Add ${key}: true`,
          safe: false,
          changes: [{ kind: 'put', owner: fields.at, key, value: true }],
        },
      ],
    };
  }
  if (!consecutiveGateway || consecutiveGateway.value === 0 || consecutive5xx.value === 0) return;
  if (consecutiveGateway.value < consecutive5xx.value) return;
  yield {
    subject: `gateway errors ${fields.at.file} ${fields.at.start}`,
    message: `consecutiveGatewayErrors has no effect: gateway errors are 5xx errors, and ${consecutive5xx.value} of those eject an endpoint already (consecutive5XxErrors${defaultAside(consecutive5xx)}). Set it below ${consecutive5xx.value}.`,
    at: consecutiveGateway.source.at,
    unnecessary: true,
  };
}

function* ofBreaker({ circuitBreaker }: TrafficPolicy): Generator<RuleFinding> {
  const at = circuitBreaker.keyAt('maxParallelRetries');
  if (!at || !circuitBreaker.part('retryBudget').exists) return;
  yield {
    subject: `retries at once ${at.file} ${at.start}`,
    message:
      'maxParallelRetries has no effect: the retryBudget takes its place. Remove one of them.',
    at,
    unnecessary: true,
    fixes: [{ title: 'Remove maxParallelRetries', safe: true, changes: [{ kind: 'remove', at }] }],
  };
}

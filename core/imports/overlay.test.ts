import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { simulate } from '../simulate.ts';

const DAPR = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: shop }
spec:
  policies:
    timeouts: { short: 2s }
    retries: { few: { policy: constant, duration: 1s, maxRetries: 2 } }
  targets:
    apps: { orders: { timeout: short, retry: few } }
`;
const CART = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 3
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } } }
`;
const head = 'version: 1\nimports: [./dapr.yaml, ./cart.yaml]\n';
const texts = new Map([
  ['dapr.yaml', DAPR],
  ['cart.yaml', CART],
]);
const read = (text: string, imports = texts) =>
  analyse(head + text, 'resilience.yaml', { imports });

describe('imported files of other tools', () => {
  it('give their services, calls, policies and groups', () => {
    const { findings, model } = read('');
    expect(findings).toEqual([]);
    expect([...model.services.keys()]).toEqual(['sidecar of shop', 'orders']);
    expect(model.services.get('sidecar of shop')?.calls[0]?.timeoutMs?.value).toBe(2_000);
    expect(model.groups.get('cart')?.members).toHaveLength(3);
  });

  it('are given numbers by what has the name of one of their parts', () => {
    const { findings, model } = read(
      `services:
  sidecar of shop: { traffic: { rate: 5/s } }
  orders: { latency: 20ms }
redundancy:
  cart: { failures: { mtbf: 30d }, minHealthy: 1 }
`,
    );
    expect(findings).toEqual([]);
    const cart = model.groups.get('cart');
    expect(cart).toMatchObject({ mtbfMs: { value: 30 * 86_400_000 }, minHealthy: { value: 1 } });
    expect(cart?.members).toHaveLength(3);
    const orders = model.services.get('orders');
    expect(orders?.latency.value).toEqual({ kind: 'constant', ms: 20 });
    expect(orders?.nameAt.file).toBe('resilience.yaml');
  });

  it('say what they say, whatever is said beside', () => {
    const { model } = read(
      'services:\n  sidecar of shop: { calls: [{ to: orders, timeout: 9s }] }\n  orders: {}\n',
    );
    expect(model.services.get('sidecar of shop')?.calls).toHaveLength(1);
    expect(model.services.get('sidecar of shop')?.calls[0]?.timeoutMs?.value).toBe(2_000);
  });

  it('can be simulated with these numbers', () => {
    const text = `services:
  sidecar of shop: { traffic: { rate: 5/s } }
simulation: { duration: 10s, replications: 1 }
`;
    const outcome = simulate(read(text));
    expect(outcome).toMatchObject({ kind: 'done' });
  });

  it('make nobody judge names while one of them is a template', () => {
    const template = new Map([...texts, ['cart.yaml', CART.replace('3', '{{ .Values.count }}')]]);
    const called = 'services:\n  web: { calls: [{ to: basket, timeout: 1s }] }\n';
    const codes = (imports: typeof texts) =>
      read(called, imports).findings.map(({ ruleId }) => ruleId);
    expect(codes(texts)).toContain('unknown-reference');
    expect(codes(template)).not.toContain('unknown-reference');
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { wordsOf } from '../insight/index.ts';
import { insightAt } from '../insight-at.ts';

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
spec:
  http:
    - route: [{ destination: { host: cart } }]
      timeout: 10s
      retries: { attempts: 2, perTryTimeout: 3s, retryOn: 5xx }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart }
spec:
  host: cart
  trafficPolicy:
    outlierDetection: { consecutive5xxErrors: 7 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 3
  selector: { matchLabels: { app: cart } }
`;

const hoverOn = (word: string) => {
  const found = insightAt(analyse(ROUTE, 'cart.yaml'), ROUTE.indexOf(word));
  return found?.insight && wordsOf(found.insight);
};

describe('what is said of places in files of other tools', () => {
  it.each([
    ['attempts', 'Attempts', '3: the first try and 2 retries'],
    ['timeout', 'Worst case', '9.08s; 3 attempts of 3s, 75ms between them'],
    ['consecutive5xxErrors', 'Opens', 'after 7 failures in a row'],
  ])('%s', (word, label, value) => {
    const words = hoverOn(word);
    expect(words?.rows).toContainEqual({ label, value });
    // There is no place in these files for numbers that would let more be said.
    expect(words?.notes).toEqual([]);
  });

  it.each(['replicas', 'kind: Deployment', 'apiVersion'])('nothing of %s', (word) => {
    expect(hoverOn(word)).toBeUndefined();
  });
});

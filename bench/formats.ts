/**
 * What files of other tools cost: a folder of 2,000 Kubernetes resources joined and checked (beside it,
 * what only parsing them costs), an edit of one of them, and the look at texts that are none.
 */
import { parseAllDocuments } from 'yaml';
import { Workspace } from '../core/workspace.ts';
import { printFigures } from './table.ts';

const SERVICES = 400;
const ROUNDS = 15;

/** Five resources of each service: 2,000 in all, one file for each service. */
function resourcesOf(index: number, replicas: number): string {
  const name = `service-${index}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: registry.example/${name}:1.0
          env:
${Array.from({ length: 12 }, (_, i) => `            - name: SETTING_${i}\n              value: "${i}"`).join('\n')}
          readinessProbe:
            httpGet:
              path: /ready
              port: 8080
          livenessProbe:
            httpGet:
              path: /live
              port: 8080
          resources:
            requests:
              cpu: 100m
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  namespace: shop
spec:
  minAvailable: 2
  selector:
    matchLabels:
      app: ${name}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
  namespace: shop
spec:
  host: ${name}
  trafficPolicy:
    outlierDetection:
      consecutive5xxErrors: 5
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts: [${name}]
  http:
    - route:
        - destination:
            host: ${name}
      timeout: 5s
      retries:
        attempts: 3
        perTryTimeout: 2s
        retryOn: 5xx
`;
}

const composeOf = (replicas: number) =>
  `services:\n  web: { image: shop, scale: ${replicas}, restart: always }\n`;

/** Beginnings of texts with much of what files of ours hold, and none of their sense; and how they go on. */
const FOREIGN: Readonly<Record<string, readonly [begin: string, line: string]>> = {
  'a dashboard': ['', 'kind: Dashboard\nspec:\n  panels: [a, b, c]\n'],
  'a workflow': [
    'on: push\njobs:\n',
    '  test:\n    services:\n      db: { image: "postgres", ports: [5432] }\n    steps: [{ run: test }]\n',
  ],
  'values of a chart': [
    'replicaCount: 2\nservices:\n',
    '  web: { image: { tag: a }, resources: {}, retries: 3, timeout: 5s }\n',
  ],
  'services of a framework': ['services:\n', '  App\\Mailer: { arguments: [a] }\n'],
  'a lock file': [
    '{ "lockfileVersion": 3, "packages": {\n',
    '"a": { "version": "1.0.0", "services": 1 },\n',
  ],
  'one long line': ['{', '"timeout": 1, "retry": { "services": "image: a" }, '],
};

/** About 120 kB. */
function textOf([begin, line]: readonly [begin: string, line: string]): string {
  return begin + line.repeat(Math.ceil(120_000 / line.length));
}

export function benchFormats(): void {
  const files = Array.from({ length: SERVICES }, (_, index) => {
    return { file: `k8s/service-${index}.yaml`, text: resourcesOf(index, 3) };
  });
  const [edited = { file: '', text: '' }] = files;
  const checkAll = (): Workspace => {
    const workspace = new Workspace();
    for (const { file, text } of files) workspace.set(file, text);
    for (const { file } of files) workspace.analyse(file);
    return workspace;
  };
  const workspace = checkAll();
  let replicas = 3;
  const edit = () => {
    replicas = 5 - replicas;
    workspace.set(edited.file, resourcesOf(0, replicas));
    workspace.analyse(edited.file);
  };
  const editOther = () => {
    replicas = 5 - replicas;
    workspace.set('compose.yaml', composeOf(replicas));
    workspace.analyse('compose.yaml');
  };
  // While the process holds no more than an editor's would.
  const editMs = fastest(edit);
  const editOtherMs = fastest(editOther);
  const wholeMs = fastest(checkAll);
  const parsingMs = fastest(() => {
    for (const { text } of files) parseAllDocuments(text);
  });
  printFigures(
    'Files of other tools',
    `2,000 Kubernetes resources in ${SERVICES} files; the fastest of ${ROUNDS} rounds.`,
    [
      { name: 'joined and checked', value: wholeMs, unit: 'ms', bound: 5_000 },
      { name: '… beside parsing them', value: wholeMs / parsingMs, unit: '×' },
      { name: 'again after an edit of one', value: editMs, unit: 'ms', bound: 50 },
      { name: '… of one of another format', value: editOtherMs, unit: 'ms' },
      ...Object.entries(FOREIGN).map(([name, line]) => {
        const text = textOf(line);
        const look = () => new Workspace().set('some.yaml', text);
        return {
          name: `120 kB that are none of ours: ${name}`,
          value: fastest(look),
          unit: 'ms',
          bound: 1,
        };
      }),
    ],
  );
}

function fastest(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = performance.now();
    run();
    return performance.now() - before;
  });
  return Math.min(...times);
}

/**
 * What Kustomize, Helm and `kubectl` give out is the same resources in other shapes; what Helm takes in
 * is no resource yet.
 */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { analyse } from '../analyse.ts';
import type { Analysis } from '../judge.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

const read = (pattern: string) =>
  globSync(pattern, { cwd: folder })
    .sort()
    .map((name) => [name, readFileSync(`${folder}${name}`, 'utf8')] as const);

/** Fixtures of resources, with what is found in them as they are. */
const RESOURCES = read('{dapr,istio,kubernetes}/fixtures/*.yaml').filter(
  ([name]) => !name.includes('templated'),
);

const saidIn = ({ findings }: Analysis) =>
  findings.map(({ message, ruleId, severity }) => `${severity} ${ruleId}: ${message}`).sort();

function resourcesOf(text: string): unknown[] {
  return parseAllDocuments(text)
    .flatMap((one) => (one.errors.length > 0 ? [] : [one.toJS() as unknown]))
    .filter((one) => one !== null)
    .flatMap((one) => (one as { items?: unknown[] }).items ?? [one]);
}

/** Without aliases, as renderers write: what two say twice is there twice. */
const yamlOf = (value: unknown) => stringify(value, { aliasDuplicateObjects: false });

const SHAPES: Readonly<Record<string, (resources: readonly unknown[]) => string>> = {
  'kustomize build': (resources) => resources.map(yamlOf).join('---\n'),
  'helm template': (resources) =>
    resources
      .map((one) => `---\n# Source: shop/templates/some.yaml\n${yamlOf(one)}`)
      .join('---\n# Source: shop/templates/empty.yaml\n'),
  'documents that are ended': (resources) =>
    resources.map((one) => `---\n${yamlOf(one)}...\n`).join(''),
  'lines of Windows': (resources) =>
    resources
      .map((one) => `---\n${yamlOf(one)}`)
      .join('')
      .replaceAll('\n', '\r\n'),
  'kubectl get -o yaml': (resources) =>
    yamlOf({ apiVersion: 'v1', items: resources, kind: 'List', metadata: { resourceVersion: '' } }),
  'kubectl get -o json': (resources) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: resources }, null, 2),
};

describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
  it.each(RESOURCES)('%s', (name, text) => {
    const asIs = analyse(yamlOfAll(text), name);
    const shaped = analyse(shape(resourcesOf(text)), name);
    expect(saidIn(shaped)).toEqual(saidIn(asIs));
    expect(shaped.format).toBe(asIs.format);
  });

  const yamlOfAll = (text: string) =>
    resourcesOf(text)
      .map((one) => `---\n${yamlOf(one)}`)
      .join('');
});

describe('templates are left alone', () => {
  const files = read('*/fixtures/*.yaml').filter(([, text]) => !text.includes('{{'));

  it.each(files)('%s', (name, text) => {
    const documents = text.replace(/^ *#.*\n/gm, '').split(/^---\n/m);
    const { format } = analyse(text, name);
    for (const wrap of [
      (one: string) => `{{- if .Values.enabled }}\n${one}{{- end }}\n`,
      (one: string) => `${one}{{ include "shop.more" . }}\n`,
      (one: string) => `{% if enabled %}\n${one}{% endif %}\n`,
      (one: string) => `${one}x-extra: {{ extra }}\n`,
      (one: string) => `${one}x-owner: "{{ .Release.Name }}"\n`,
    ]) {
      const analysis = analyse(documents.map(wrap).join('---\n'), name);
      expect(analysis.findings).toEqual([]);
      expect(analysis.format).toBe(format);
    }
  });

  it('but not what only looks like one', () => {
    const text = `services:
  web:
    image: example/web
    hostname: "{{.Node.Hostname}}"
    stop_grace_period: 30
`;
    expect(saidIn(analyse(text, 'some.yaml'))).toHaveLength(1);
  });
});

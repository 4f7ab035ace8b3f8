/**
 * The arrows of docs/architecture.md, checked: which part of the house may import which, and which
 * packages it may use. A new folder needs a line here, and a reason.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Part {
  /** Parts that this one may import, besides itself. */
  readonly may: readonly string[];
  /** Packages and Node modules that it may import. */
  readonly packages?: readonly string[];
}

/** The longest name that a file's path begins with decides which part it belongs to. */
const PARTS: Readonly<Record<string, Part>> = {
  'core/math/': { may: [] },
  'core/time/': { may: ['core/math/'] },
  'core/text/': { may: [] },
  'core/patterns/': { may: ['core/math/', 'core/time/'] },
  'core/live/': { may: ['core/patterns/', 'core/time/'] },
  'core/monitor/': { may: ['core/text/', 'core/time/'] },
  'core/model/': { may: ['core/patterns/'], packages: ['fastest-levenshtein'] },
  'core/config/': {
    may: ['core/model/', 'core/patterns/', 'core/text/', 'core/time/', 'schemas/'],
    packages: ['yaml', 'ajv'],
  },
  'core/formats/': {
    may: [
      'core/config/',
      'core/model/',
      'core/rules/',
      'core/rules/facts/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/convert/': {
    may: [
      'core/config/',
      // For parts of which nothing is known but their names.
      'core/formats/',
      'core/model/',
      'core/patterns/',
      'core/time/',
    ],
  },
  'core/proofs/': {
    may: ['core/convert/', 'core/model/', 'core/rules/', 'core/text/', 'core/time/'],
  },
  'core/analysis/': { may: ['core/math/'] },
  'core/rules/': {
    may: [
      'core/rules/facts/',
      'core/model/',
      'core/analysis/',
      'core/patterns/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/rules/facts/': {
    may: ['core/model/', 'core/analysis/', 'core/patterns/', 'core/text/', 'core/time/'],
  },
  'core/insight/': {
    may: [
      'core/rules/facts/',
      'core/model/',
      'core/analysis/',
      'core/patterns/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/imports/': {
    may: ['core/config/', 'core/convert/', 'core/formats/', 'core/model/', 'core/text/'],
  },
  'core/language/': {
    may: [
      'core/config/',
      'core/imports/',
      'core/model/',
      'core/suppressions/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/policies/': {
    may: ['core/config/', 'core/live/', 'core/model/', 'core/patterns/', 'core/time/'],
  },
  'core/telemetry/': {
    may: ['core/live/', 'core/patterns/', 'core/policies/'],
    packages: ['@opentelemetry/api'],
  },
  'core/history/': {
    may: [
      'core/rules/facts/',
      'core/analysis/',
      'core/model/',
      'core/monitor/',
      'core/text/',
      'core/time/',
    ],
    packages: ['papaparse'],
  },
  'core/baseline/': { may: ['core/config/', 'core/model/'] },
  'core/configuration/': {
    may: [
      'core/config/',
      'core/formats/',
      'core/model/',
      'core/rules/',
      'core/suppressions/',
      'core/text/',
      'schemas/',
    ],
    packages: ['ajv'],
  },
  'core/suppressions/': {
    may: ['core/config/', 'core/formats/', 'core/model/', 'core/rules/', 'core/text/'],
  },
  'core/reach/': {
    may: [
      'core/rules/facts/',
      'core/model/',
      'core/analysis/',
      'core/rules/',
      'core/patterns/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/confirm/': {
    may: [
      'core/rules/facts/',
      'core/reach/',
      'core/model/',
      'core/analysis/',
      'core/rules/',
      'core/simulation/',
      'core/years/',
      'core/report/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/years/': {
    may: [
      'core/rules/facts/',
      'core/math/',
      'core/model/',
      'core/analysis/',
      'core/simulation/',
      'core/patterns/',
      'core/time/',
    ],
  },
  'core/comeback/': {
    may: [
      'core/rules/facts/',
      'core/model/',
      'core/analysis/',
      // For the defaults of policies that a trial adds.
      'core/config/',
      'core/simulation/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/simulation/': {
    may: ['core/analysis/', 'core/math/', 'core/model/', 'core/patterns/', 'core/time/'],
  },
  'core/report/': {
    may: [
      'core/model/',
      'core/simulation/',
      'core/years/',
      'core/rules/facts/',
      'core/analysis/',
      'core/monitor/',
      'core/patterns/',
      'core/text/',
      'core/time/',
    ],
  },
  'core/': {
    may: [
      'core/config/',
      'core/convert/',
      'core/formats/',
      'core/history/',
      'core/imports/',
      'core/insight/',
      'core/live/',
      'core/model/',
      'core/rules/',
      'core/policies/',
      'core/proofs/',
      'core/reach/',
      'core/confirm/',
      'core/comeback/',
      'core/years/',
      'core/baseline/',
      'core/configuration/',
      'core/suppressions/',
      'core/simulation/',
      'core/report/',
      'core/monitor/',
      'core/patterns/',
      'core/time/',
    ],
  },
  'server/': {
    may: ['core/', 'core/insight/', 'core/language/', 'core/text/'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  'server/node/': {
    may: ['server/', 'core/'],
    packages: ['vscode-languageserver/node', 'node:*', 'package.json'],
  },
  'server/browser/': {
    may: ['server/', 'core/'],
    packages: ['vscode-languageserver/browser', 'package.json'],
  },
  'cli/': {
    may: ['core/', 'core/model/', 'core/report/', 'core/text/', 'core/time/'],
    packages: ['node:*', 'cli-progress', 'cli-table3', 'picocolors', 'sarif'],
  },
  'client/': {
    may: ['server/protocol.ts', 'client/webview/protocol.ts', 'core/report/report.ts'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'client/node/': { may: ['client/'], packages: ['vscode', 'vscode-languageclient/node'] },
  'client/browser/': {
    may: ['client/', 'server/browser/start.ts'],
    packages: ['vscode', 'vscode-languageclient/browser'],
  },
  'client/webview/': { may: ['core/report/', 'core/model/'] },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{core,server,cli,client}/**/*.ts', { cwd: root })
  .filter((file) => !/\.test\.ts$|\.d\.ts$|\/testing\//.test(file))
  .sort();
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import\s*'([^']+)'/g;

const partOf = (path: string): string | undefined =>
  Object.keys(PARTS)
    .filter((name) => path.startsWith(name))
    .sort((a, b) => b.length - a.length)[0];

function importsOf(file: string, atRunTime = false): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const matches = [...text.matchAll(IMPORT)];
  const wanted = atRunTime
    ? matches.filter(([all]) => !/^\s*(?:im|ex)port type/.test(all))
    : matches;
  return wanted.map(([, from, dynamic, bare]) => {
    const target = (from ?? dynamic ?? bare) as string;
    return target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
  });
}

function violation(file: string, target: string): string | undefined {
  const own = partOf(file) as string;
  const { may, packages = [] } = PARTS[own] as Part;
  const inside = /^(?:core|server|cli|client|schemas|test|bench)\//.test(target);
  const allowed = inside
    ? partOf(target) === own || may.some((name) => allows(name, target))
    : packages.some((name) => name === target || (name === 'node:*' && target.startsWith('node:')));
  return allowed ? undefined : `${file} must not import ${target}`;
}

/** A part stands for its own files, not for the parts inside it; a file stands for itself. */
function allows(name: string, target: string): boolean {
  return name === target || (target.startsWith(name) && (partOf(target) ?? name) === name);
}

/** What the language leaves to each engine, so that a browser may not give the bytes that Node gives. */
const APPROXIMATE = /\bMath\.(?:a?(?:cos|sin|tan)h?|cbrt|exp|expm1|hypot|log|log10|log1p|pow)\(/;

it('what is simulated is computed by what is the same in every engine', () => {
  const drawn = /^core\/(?:simulation|time|patterns|years)\//;
  const wrong = files.filter((file) => {
    return drawn.test(file) && APPROXIMATE.test(readFileSync(join(root, file), 'utf8'));
  });
  expect(wrong).toEqual([]);
});

describe('imports run one way', () => {
  it('finds the files', () => expect(files.length).toBeGreaterThan(50));

  it.each(Object.keys(PARTS))('out of %s', (part) => {
    const own = files.filter((file) => partOf(file) === part);
    const wrong = own.flatMap((file) => importsOf(file).map((target) => violation(file, target)));
    expect(wrong.filter((one) => one !== undefined)).toEqual([]);
  });

  it('without cycles between files at run time', () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, 'cycle').not.toContain(file);
      if (done.has(file) || !file.endsWith('.ts')) return;
      for (const target of importsOf(file, true))
        if (files.includes(target)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });
});

import { describe, expect, test } from 'vitest';
import type { Place, Report } from '../report.ts';
import { ATTRIBUTES, HTML_TAGS, SVG_TAGS, type ViewElement, type ViewNode } from './node.ts';
import { reportPage } from './page.ts';
import type { Surface } from './surface.ts';
import { brokenReport, emptyReport, HOSTILE, hostileReport } from './testing/edge-reports.ts';
import { sampleReport } from './testing/sample-report.ts';

const REPORTS: Readonly<Record<string, Report>> = {
  complete: sampleReport,
  empty: emptyReport,
  hostile: hostileReport,
  broken: brokenReport,
};
const CASES = Object.keys(REPORTS).flatMap((name) => [
  [name, 'panel'] as const,
  [name, 'document'] as const,
]);

function draw(name: string, surface: Surface): ViewElement[] {
  const report = REPORTS[name];
  if (report === undefined) throw new Error(name);
  return elements(reportPage(report, surface));
}

function elements(node: ViewNode): ViewElement[] {
  return typeof node === 'string' ? [] : [node, ...node.children.flatMap(elements)];
}

function text(node: ViewNode): string {
  return typeof node === 'string' ? node : node.children.map(text).join('');
}

/** Every place that a report holds, wherever it is. */
function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('start' in value) return [value as Place];
  return Object.values(value).flatMap(places);
}

describe.each(CASES)('%s report as %s', (name, surface) => {
  const all = draw(name, surface);

  test('has only tags and attributes from the closed list', () => {
    const tags = new Set<string>([...HTML_TAGS, ...SVG_TAGS]);
    const attributes = new Set<string>([...ATTRIBUTES, 'href']);
    for (const { tag, attributes: given } of all) {
      expect(tags).toContain(tag);
      for (const attribute of Object.keys(given)) expect(attributes).toContain(attribute);
    }
  });

  test('never prints a number that is none', () => {
    for (const element of all) {
      const values = Object.values(element.attributes).filter((value) => value !== undefined);
      const strings = [...values, ...element.children].filter((one) => typeof one === 'string');
      expect(strings.join('\n')).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
      const numbers = values.filter((value) => typeof value === 'number');
      if (name !== 'broken') expect(numbers.every(Number.isFinite)).toBe(true);
    }
  });

  test('has ids that are unique and references that lead somewhere', () => {
    const ids = all.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of all) {
      const target = attributes['aria-labelledby'] ?? attributes.for ?? attributes.href?.slice(1);
      if (target !== undefined) expect(ids).toContain(target);
    }
  });
});

test('in the panel every place of the report is a button that carries it', () => {
  const buttons = draw('complete', 'panel').filter(({ attributes }) =>
    String(attributes.class).startsWith('place'),
  );
  const carried = buttons.map(({ tag, attributes }) => {
    expect(tag).toBe('button');
    expect(attributes['aria-label']).toMatch(`Go to line ${Number(attributes['data-line']) + 1}: `);
    return {
      file: attributes['data-file'],
      start: { line: attributes['data-line'], character: attributes['data-character'] },
      end: { line: attributes['data-end-line'], character: attributes['data-end-character'] },
    };
  });
  for (const place of places(sampleReport)) expect(carried).toContainEqual(place);
});

test('in a document every place is text', () => {
  const page = reportPage(sampleReport, 'document');
  expect(elements(page).filter(({ tag }) => tag === 'button' || tag === 'select')).toEqual([]);
  for (const { start } of places(sampleReport.findings)) {
    expect(text(page)).toContain(`online-shop.resilience.yaml:${start.line + 1}`);
  }
  for (const { name, place } of sampleReport.pools) {
    expect(text(page)).toContain(`${name} line ${place.start.line + 1}`);
  }
});

test('a hostile name stays one text, and no attribute that means something holds it', () => {
  const harmless = new Set(['aria-label', 'data-file']);
  const all = draw('hostile', 'panel');
  for (const { attributes } of all) {
    for (const [name, value] of Object.entries(attributes)) {
      if (!harmless.has(name)) expect(String(value)).not.toContain('<');
    }
  }
  const heading = all.find(({ tag }) => tag === 'h1');
  expect(heading?.children).toEqual([HOSTILE]);
});

test('a scenario is chosen by position, so that no name means "none"', () => {
  const options = draw('complete', 'panel').filter(({ tag }) => tag === 'option');
  expect(options.map(({ attributes }) => attributes.value)).toEqual([-1, 0, 1, 2]);
  const selected = options.filter(({ attributes }) => attributes.selected);
  expect(selected.map(text)).toEqual(['primary-lost']);
});

test('says in words what there is nothing of', () => {
  const words = text(reportPage(emptyReport, 'panel'));
  expect(words).toContain('No component failed during this run.');
  expect(words).toContain('No bulkhead pool was used.');
  expect(words).toContain('No request arrived');
  expect(words).toContain('∞');
  expect(words).not.toContain('±');
});

test('shows what matters first and folds the rest away', () => {
  const findings = draw('complete', 'panel').find(({ attributes }) => attributes.id === 'findings');
  const [shown, folded] = elements(findings ?? '').filter(({ tag }) => tag === 'ol');
  expect(shown?.children.map(text).join()).toMatch(/^Error: .*Warning: .*Warning: /);
  expect(folded?.children.map(text).join()).toMatch(/^Information: .*Hint: /);
});

test('counts the events that the report leaves out', () => {
  const timeline = { ...sampleReport.timeline, omittedEvents: 1_300 };
  const words = text(reportPage({ ...sampleReport, timeline }, 'panel'));
  expect(words).toContain('1311 events');
  expect(words).toContain('And 1300 later events.');
});

test('says what the members of a group are where its name does not', () => {
  const names = draw('complete', 'document')
    .filter(({ attributes }) => attributes.id === 'groups')
    .flatMap(elements)
    .filter(({ tag, attributes }) => tag === 'th' && attributes.scope === 'row')
    .map(text);
  expect(names).toEqual(['database line 6PostgreSQL', 'cache line 16', 'search line 21']);
});

import { expect, test } from 'vitest';
import { h } from '../../core/report/view/node.ts';
import { reportPage } from '../../core/report/view/page.ts';
import { hostileReport } from '../../core/report/view/testing/edge-reports.ts';
import { mount } from './mount.ts';

/** As much of a document as `mount` may use; anything that parses markup is missing. */
class RecordingDocument {
  readonly made: string[] = [];
  createElement = (tag: string) => this.#element(tag);
  createElementNS = (_: string, tag: string) => this.#element(`svg:${tag}`);
  createTextNode = (text: string) => this.#record(`"${text}"`);

  #element(tag: string) {
    this.made.push(tag);
    return {
      setAttribute: (name: string, text: string) => this.#record(`${name}=${text}`),
      append: () => {},
    };
  }

  #record(what: string): string {
    this.made.push(what);
    return what;
  }
}

function record(node: Parameters<typeof mount>[0]): string[] {
  const page = new RecordingDocument();
  mount(node, page as unknown as Document);
  return page.made;
}

test('makes elements in their namespace, attributes and text', () => {
  const node = h('p', { id: 'a' }, '<b>', h('svg', { width: 1.23456 }, h('title', {}, 'x')));
  expect(record(node)).toEqual([
    'p',
    'id=a',
    '"<b>"',
    'svg:svg',
    'width=1.235',
    'svg:title',
    '"x"',
  ]);
});

test('draws a hostile report with nothing but elements, attributes and text nodes', () => {
  const made = record(reportPage(hostileReport, 'panel'));
  expect(made.filter((one) => one.startsWith('"') && one.includes('<img')).length).toBeGreaterThan(
    50,
  );
  expect(made.filter((one) => /^(svg:)?(img|script|iframe|style|object)$/.test(one))).toEqual([]);
});

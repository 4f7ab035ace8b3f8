import { expect, test } from 'vitest';
import { escapeHtml, renderHtml, renderHtmlDocument } from './html.ts';
import type { Report } from './report.ts';
import { h } from './view/node.ts';
import { emptyReport, HOSTILE, hostileReport } from './view/testing/edge-reports.ts';
import { sampleReport } from './view/testing/sample-report.ts';

const assets = { css: 'body{color:red}', script: 'run()', nonce: 'bm9uY2U=' };

test('escapes text and attributes so that no parser leaves them', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;',
  );
  expect(escapeHtml('a\u0000b\u001bc\ud800d\te\nf')).toBe('a\ufffdb\ufffdc\ufffdd\te\nf');
  expect(renderHtml(h('p', { class: '"><script>' }, '<script>'))).toBe(
    '<p class="&quot;&gt;&lt;script&gt;">&lt;script&gt;</p>',
  );
});

test('writes numbers short, leaves out what is not set', () => {
  const node = h('rect', { x: 1 / 3, y: Number.NaN, width: undefined, open: true });
  expect(renderHtml(node)).toBe('<rect x="0.333" y="0" open=""></rect>');
});

/** The document without what is allowed to be markup: tags of ours have no `<` or quotes inside. */
function withoutTags(html: string): string {
  return html.replace(/<\/?[a-z][a-z0-9]*(?: [a-zA-Z0-9-]+="[^"<>]*")*>/g, '');
}

test('a hostile config cannot open a tag, end an attribute or reach the script', () => {
  const html = renderHtmlDocument(hostileReport, assets);
  const rest = withoutTags(html.replace('<!DOCTYPE html>', ''));
  expect(rest).not.toContain('<');
  expect(rest).toContain('&lt;img src=x onerror=&quot;alert(&#39;&amp;1&#39;)&quot;&gt;');
  expect(html).not.toContain(HOSTILE);
  expect(html.match(/<script/g)).toHaveLength(1);
});

/** The report with one text in it replaced, for every text in it that is not a choice of ours. */
function* attackedOneByOne(): Generator<Report> {
  const hostile = JSON.stringify(hostileReport);
  const needle = JSON.stringify(HOSTILE);
  const parts = hostile.split(needle);
  for (let at = 1; at < parts.length; at += 1) {
    const before = parts.slice(0, at).join('"x"');
    const after = parts.slice(at).join('"x"');
    yield JSON.parse(before + needle + after) as Report;
  }
}

test('no single text of a report gets through unescaped', () => {
  let count = 0;
  for (const report of attackedOneByOne()) {
    count += 1;
    expect(renderHtmlDocument(report, assets)).not.toContain('<img');
  }
  expect(count).toBeGreaterThan(100);
});

test('lets only its own style and script run, from nowhere else', () => {
  const html = renderHtmlDocument(sampleReport, assets);
  expect(html).toContain(
    'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;nonce-bm9uY2U=&#39;; script-src &#39;nonce-bm9uY2U=&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"',
  );
  expect(html).toContain('<style nonce="bm9uY2U=">body{color:red}</style>');
  expect(html).toContain('<script nonce="bm9uY2U=">run()</script>');
  expect(html).not.toMatch(/ style="| on[a-z]+="|https?:|unsafe-/);
});

test('names the system and the scenario in the title', () => {
  expect(renderHtmlDocument(sampleReport, assets)).toContain(
    '<title>online-shop, primary-lost – Faultline report</title>',
  );
  expect(renderHtmlDocument(emptyReport, assets)).toContain(
    '<title>online-shop – Faultline report</title>',
  );
});

test.each([
  { nonce: "x' *" },
  { nonce: '' },
  { css: 'a{}</STYLE>' },
  { css: '@import "./more.css";' },
  { script: '"</script>"' },
])('refuses assets that would break out: %o', (wrong) => {
  expect(() => renderHtmlDocument(sampleReport, { ...assets, ...wrong })).toThrow(RangeError);
});

test('the same report gives the same bytes', () => {
  const again = JSON.parse(JSON.stringify(sampleReport)) as Report;
  expect(renderHtmlDocument(again, assets)).toBe(renderHtmlDocument(sampleReport, assets));
});

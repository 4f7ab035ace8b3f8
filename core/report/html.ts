/**
 * The report as HTML text. Everything in a view tree is either a name from a closed list or text,
 * and all text is escaped here, in one place.
 */
import type { Report } from './report.ts';
import { attributeTexts, type ViewNode } from './view/node.ts';
import { reportPage } from './view/page.ts';

export interface DocumentAssets {
  /** The style sheet and the script of the page, as text. */
  readonly css: string;
  readonly script: string;
  /** Base64; lets this style sheet and this script run, and no other. */
  readonly nonce: string;
}

const NONCE = /^[\w+/-]+={0,2}$/;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One self-contained file that opens offline, in any browser. */
export function renderHtmlDocument(report: Report, { css, script, nonce }: DocumentAssets): string {
  if (!NONCE.test(nonce)) throw new RangeError(`A nonce is base64, not '${nonce}'.`);
  if (css.includes('@import')) throw new RangeError('The style sheet must be bundled: it imports.');
  requireContained(css, 'style');
  requireContained(script, 'script');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(documentTitle(report))}</title>
<style nonce="${nonce}">${css}</style>
</head>
<body>
${renderHtml(reportPage(report, 'document'))}
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

/** Any view tree as HTML. */
export function renderHtml(node: ViewNode): string {
  if (typeof node === 'string') return escapeHtml(node);
  const attributes = attributeTexts(node).map(([name, text]) => ` ${name}="${escapeHtml(text)}"`);
  return `<${node.tag}${attributes.join('')}>${node.children.map(renderHtml).join('')}</${node.tag}>`;
}

/** Text that no parser can take for anything else, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replace(/[\p{Cc}\p{Cs}]/gu, (one) => (one === '\n' || one === '\t' ? one : '\ufffd'));
}

function documentTitle({ system, scenario }: Report): string {
  return scenario === null
    ? `${system} – Faultline report`
    : `${system}, ${scenario.name} – Faultline report`;
}

/** What a file of ours says must not end the element it stands in. */
function requireContained(text: string, tag: 'style' | 'script'): void {
  if (new RegExp(`</${tag}`, 'i').test(text)) {
    throw new RangeError(`The ${tag} of the report page must not contain '</${tag}'.`);
  }
}

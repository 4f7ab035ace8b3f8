import { attributeTexts, SVG_TAGS, type ViewNode } from '../../core/report/view/node.ts';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const SVG: ReadonlySet<string> = new Set(SVG_TAGS);

/** Draws a view tree. Text goes in as text nodes, so nothing in it can become markup. */
export function mount(node: ViewNode, page: Document): Node {
  if (typeof node === 'string') return page.createTextNode(node);
  const element = SVG.has(node.tag)
    ? page.createElementNS(SVG_NAMESPACE, node.tag)
    : page.createElement(node.tag);
  for (const [name, text] of attributeTexts(node)) element.setAttribute(name, text);
  element.append(...node.children.map((child) => mount(child, page)));
  return element;
}

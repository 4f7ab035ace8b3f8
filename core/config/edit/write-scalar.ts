import type { Quote } from './layout.ts';

/** How a text is to be quoted, if it can be. */
export interface ScalarStyle {
  readonly quote: Quote;
  /** What to take where the text cannot be plain. */
  readonly otherwise: 'single' | 'double';
  /** Inside brackets, where commas and braces have a meaning. */
  readonly isFlow: boolean;
}

/** A scalar as YAML, and under double quotes also as JSON. */
export function writeScalar(value: string | number | boolean | null, style: ScalarStyle): string {
  return typeof value === 'string' ? writeText(value, style) : JSON.stringify(value);
}

export function writeText(text: string, { quote, otherwise, isFlow }: ScalarStyle): string {
  const wanted = quote === 'plain' && !canBePlain(text, isFlow) ? otherwise : quote;
  if (wanted === 'plain') return text;
  if (wanted === 'single' && isPrintable(text)) return `'${text.replaceAll("'", "''")}'`;
  // JSON's escapes are a part of YAML's.
  return JSON.stringify(text);
}

/**
 * Whether every reader of YAML takes the bare text for this text. Stricter than the grammar: what
 * needs a second thought is quoted.
 */
function canBePlain(text: string, isFlow: boolean): boolean {
  if (text === '' || text !== text.trim() || !isPrintable(text)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`]|^\.\.\.|: |\s#|:$/.test(text)) return false;
  if (isFlow && /[,[\]{}]|:[\s,[\]{}'"]/.test(text)) return false;
  return !looksLikeOtherType(text);
}

function looksLikeOtherType(text: string): boolean {
  return (
    /^(?:~|null|true|false|yes|no|on|off|=|<<|[-+]?\.inf|\.nan)$/i.test(text) ||
    /^[-+]?[\d_.:]+(?:e[-+]?\d+)?$/i.test(text) ||
    /^[-+]?0[box][\da-f_]+$/i.test(text) ||
    /^\d{4}-\d\d?-\d\d?/.test(text)
  );
}

/** No line ends, no control characters, no half characters: what quotes leave as it is. */
function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFEFF\uFFFE\uFFFF]/u.test(text);
}

import { printable } from './text.ts';

/** Text between tags. */
export function content(text: string): string {
  return sound(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text of an attribute in double quotes. */
export function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;');
}

/** XML has no way to write control characters and half surrogate pairs. */
function sound(text: string): string {
  return printable(text).replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}

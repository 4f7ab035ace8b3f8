import { readFile, stat } from 'node:fs/promises';
import type { Finding } from '../core/index.ts';
import { Misuse } from './exit.ts';
import { explainSystemError } from './system-error.ts';

/** Core refuses what is over 5 MB; over this, not even the bytes are worth the memory. */
const MOST_BYTES = 50_000_000;

/** The text of a file, or what keeps its bytes from being one. */
export type FileText =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** The file begins with a byte order mark, which the text has not. */
      readonly hasMark: boolean;
    }
  | { readonly kind: 'refused'; readonly text: string; readonly finding: Finding };

/**
 * Reads a file as text.
 *
 * @param shown the path as messages name it.
 */
export async function readText(path: string, shown: string): Promise<FileText> {
  const unreadable = (error: unknown) => new Misuse(explainSystemError(error, shown));
  const stats = await stat(path).catch((error) => Promise.reject(unreadable(error)));
  if (!stats.isFile()) throw new Misuse(`Cannot read '${shown}': it is not a file.`);
  if (stats.size > MOST_BYTES) {
    const size = (stats.size / 1e6).toFixed(0);
    const message = `The file has ${size} MB; Faultline reads up to 5 MB.`;
    return refused('file-too-large', message, '', shown, 0);
  }
  const bytes = await readFile(path).catch((error) => Promise.reject(unreadable(error)));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text, hasMark: bytes[0] === 0xef && bytes[1] === 0xbb };
  } catch {
    return notUtf8(bytes, shown);
  }
}

function notUtf8(bytes: Uint8Array, shown: string): FileText {
  const bad = firstBadByte(bytes);
  const byte = (bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const what = isUtf16 ? 'The file is UTF-16, not UTF-8' : 'The file is not UTF-8';
  const message = `${what}: byte 0x${byte} at offset ${bad} begins no character. Save it as UTF-8.`;
  // What can be decoded is kept, so that the finding can be shown on its line.
  const before = new TextDecoder().decode(bytes.subarray(0, bad)).length;
  return refused('not-text', message, new TextDecoder().decode(bytes), shown, before);
}

/** Where the first byte sequence begins that no UTF-8 text has. */
function firstBadByte(bytes: Uint8Array): number {
  const isSound = (length: number) => {
    try {
      // As a stream, so that a character that is cut off at the end is not yet wrong.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let sound = 0;
  let broken = bytes.length + 1;
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    if (isSound(middle)) sound = middle;
    else broken = middle;
  }
  // Steps back over the beginning of a character that the bad byte was meant to continue.
  while (sound > 0 && !isComplete(bytes.subarray(0, sound))) sound--;
  return sound;
}

function isComplete(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function refused(
  ruleId: 'not-text' | 'file-too-large',
  message: string,
  text: string,
  file: string,
  start: number,
): FileText {
  const at = { file, start, end: Math.min(start + 1, text.length) };
  return {
    kind: 'refused',
    text,
    finding: { ruleId, severity: 'error', message, at, related: [] },
  };
}

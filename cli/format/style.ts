import pico from 'picocolors';
import type { Severity } from '../../core/index.ts';
import type { Context } from '../context.ts';

/** Colours, or plain text where they are not wanted. */
export type Style = ReturnType<typeof pico.createColors>;

/**
 * `NO_COLOR` (no-color.org) wins over `FORCE_COLOR`, which wins over whether a person is watching.
 */
export function createStyle({ env, isTerminal }: Pick<Context, 'env' | 'isTerminal'>): Style {
  if (env.NO_COLOR) return pico.createColors(false);
  if (env.FORCE_COLOR !== undefined) return pico.createColors(env.FORCE_COLOR !== '0');
  return pico.createColors(isTerminal && env.TERM !== 'dumb');
}

/** Text in the colour of a severity. */
export function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return { error: style.red, warning: style.yellow, info: style.blue, hint: style.gray }[severity];
}

/** A severity in its colour, padded to one width so that messages line up. */
export function severityLabel(severity: Severity, style: Style): string {
  return severityPaint(severity, style)(severity.padEnd('warning'.length));
}

import { scaleDecimal } from './decimal.ts';

const RATE = /^(\d+(?:\.\d+)?)(k?)\/(?:(s|sec)|(m|min|minute)|(?:h|hour))$/;
const PERCENTAGE = /^(\d+(?:\.\d+)?)%$/;
const MOST_DECIMALS = 4;

/**
 * Reads how often something happens: `40/s`, `1.5k/s`, `3k/min`, `10/h`. The unit may also be
 * written `sec`, `m`, `minute` or `hour`.
 *
 * @returns events per second, 0 or more; `undefined` for anything else.
 */
export function parseRate(text: string): number | undefined {
  const match = RATE.exec(text);
  if (match === null) return undefined;
  const [, amount = '', thousands, second, minute] = match;
  const unitSeconds = second !== undefined ? 1 : minute !== undefined ? 60 : 3_600;
  const perSecond = scaleDecimal(amount, thousands === 'k' ? 1_000 : 1) / unitSeconds;
  return Number.isFinite(perSecond) ? perSecond : undefined;
}

/** What three digits round to 1. */
const ALMOST_ONE = 0.9995;

/**
 * Writes how often something happens so that `parseRate` reads it: `40/s`, `1.5k/s`, `30/min`,
 * `2/h`. Three digits at most.
 *
 * @param perSecond 0 or more.
 */
export function formatRate(perSecond: number): string {
  const [amount, unit] =
    perSecond === 0 || perSecond >= ALMOST_ONE
      ? [perSecond, 's']
      : perSecond * 60 >= ALMOST_ONE
        ? [perSecond * 60, 'min']
        : [perSecond * 3_600, 'h'];
  const digits = Number(amount.toPrecision(3));
  return digits >= 10_000 ? `${digits / 1_000}k/${unit}` : `${digits}/${unit}`;
}

/**
 * Reads a percentage such as `99.95%`.
 *
 * @returns the number nearest to the ratio that is written (0.9995), in [0, 1]; `undefined` for
 * anything else, such as more than `100%` or a number without `%`.
 */
export function parseRatio(text: string): number | undefined {
  const percentage = PERCENTAGE.exec(text)?.[1];
  if (percentage === undefined) return undefined;
  // The exponent lets the number parser divide, so that nothing is rounded twice.
  const ratio = Number(`${percentage}e-2`);
  return ratio <= 1 ? ratio : undefined;
}

/**
 * Writes a ratio as a percentage that never flatters. Digits are cut, not rounded; near 0 and 100
 * there are more of them, up to four, so that the distance to the end shows. Only 1 is `100%`, only
 * 0 is `0%`, and what is too small to show is `<0.0001%`.
 *
 * @param ratio in [0, 1].
 * @param digits decimals where the ends are far away, 0 to 4.
 */
export function formatPercent(ratio: number, digits = 2): string {
  if (ratio === 0 || ratio === 1) return `${ratio * 100}%`;
  if (ratio < 1e-6) return '<0.0001%';
  const distance = 100 * Math.min(ratio, 1 - ratio);
  let decimals = digits;
  while (decimals < MOST_DECIMALS && distance * 10 ** decimals < 10) decimals += 1;
  // Twelve digits drop the noise of earlier arithmetic: 0.8999999999999999 is meant to be 90%.
  const cut = Math.floor(Number(`${Number(ratio.toPrecision(12))}e${decimals + 2}`));
  const most = 10 ** (decimals + 2) - 1;
  return `${Math.min(cut, most) / 10 ** decimals}%`;
}

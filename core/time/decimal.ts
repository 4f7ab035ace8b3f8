/**
 * Multiplies a plain decimal such as `1.005` by a whole number. Works on the digits, because
 * `1.005 * 1000` is 1004.9999999999999 and a user who writes `1.005s` means 1005 ms.
 */
export function scaleDecimal(decimal: string, factor: number): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  return Number(whole) * factor + (Number(fraction) * factor) / 10 ** fraction.length;
}

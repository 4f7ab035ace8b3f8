import { type Estimate, studentT95 } from '../estimate.ts';

/** Two things seen of the same run of which it is known that they are 0 on average. */
export type Controls = readonly [number, number];

/**
 * The mean over runs with its 95 % interval, less what chance did to the controls: where a run came
 * out high because more arrived than should have, regression over the runs tells how much of it that
 * was (S. Lavenberg and P. Welch, A Perspective on the Use of Control Variables, 1981).
 *
 * @param values of each run, more than three
 * @param controls of each run
 */
export function controlledEstimate(
  values: readonly number[],
  controls: readonly Controls[],
): Estimate {
  const n = values.length;
  const y = mean(values);
  const [u, v] = [mean(controls.map(([one]) => one)), mean(controls.map(([, other]) => other))];
  let [uu, uv, vv, uy, vy, yy] = [0, 0, 0, 0, 0, 0];
  for (const [run, [one, other]] of controls.entries()) {
    const [du, dv, dy] = [one - u, other - v, (values[run] as number) - y];
    uu += du * du;
    uv += du * dv;
    vv += dv * dv;
    uy += du * dy;
    vy += dv * dy;
    yy += dy * dy;
  }
  const determinant = uu * vv - uv * uv;
  const slopeU = (vv * uy - uv * vy) / determinant;
  const slopeV = (uu * vy - uv * uy) / determinant;
  const degrees = n - 3;
  const residual = Math.max(0, yy - slopeU * uy - slopeV * vy) / degrees;
  const leverage = (vv * u * u - 2 * uv * u * v + uu * v * v) / determinant;
  return {
    mean: y - slopeU * u - slopeV * v,
    halfWidth: studentT95(degrees) * Math.sqrt(residual * (1 / n + leverage)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

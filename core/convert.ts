import { type NativeSystem, nativeModel, nativeSystem, writeNative } from './convert/index.ts';
import type { Model } from './model/model.ts';

/** Assumed at each way into a system of which nobody says how much arrives. */
const ASSUMED_RATE = '10/s';

/**
 * Writes what a model says as a native config, with remarks on whose defaults it holds and on what it
 * cannot say. It means the same as the model, up to names.
 *
 * @param file where it is from
 */
export function convert(model: Model, file: string): string {
  return writeNative(nativeSystem(model), [
    `Converted from ${baseName(file)}, which says nothing of traffic, latencies and objectives: with them more of it can be judged and simulated.`,
  ]);
}

/**
 * As `convert`, with traffic at every way in, so that it can be simulated. It says so: the numbers are
 * nobody's.
 */
export function convertToSimulate(model: Model, file: string): string {
  const system = nativeSystem(model);
  const { groups, services } = nativeModel(model);
  const called = new Set(
    [...services.values()].flatMap(({ calls, runsOn }) => [
      ...calls.map(({ to }) => to.value),
      ...(runsOn ? [runsOn.value] : []),
    ]),
  );
  const traffic = { rate: ASSUMED_RATE };
  const remark = `Assumed: ${ASSUMED_RATE} of traffic.`;
  const written = system.sections.services ?? {};
  const entries = Object.entries(written).map(([name, part]): [string, typeof part] => {
    if (called.has(name)) return [name, part];
    return [name, { value: { traffic, ...part.value }, remarks: [...part.remarks, remark] }];
  });
  const callers = [...groups.keys()]
    .filter((name) => !called.has(name))
    .map((name): [string, (typeof entries)[number][1]] => [
      `callers of ${name}`,
      { value: { traffic, calls: [{ to: name }] }, remarks: [remark] },
    ]);
  const sections: NativeSystem['sections'] = {
    ...system.sections,
    services: { ...Object.fromEntries(callers), ...Object.fromEntries(entries) },
  };
  return writeNative({ ...system, sections }, [
    `${baseName(file)} as it can be simulated. It says nothing of traffic and latencies: those here are assumed. 'faultline init' writes a file for your own.`,
  ]);
}

function baseName(file: string): string {
  return file.split('/').pop() ?? file;
}

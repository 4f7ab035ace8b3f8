/**
 * Every case whose exact answer is known, simulated for so long that the interval is within 1 % of
 * it, or as long as there is patience for. Takes minutes; the tests do the same with less.
 */
import { readConfig } from '../../core/config/index.ts';
import { type Estimate, estimate } from '../../core/simulation/estimate.ts';
import { CONFIGS, type Kind, type OracleConfig } from '../../core/simulation/oracles/configs.ts';
import { measured } from '../../core/simulation/oracles/measures.ts';
import oracles from '../../core/simulation/oracles/oracles.json' with { type: 'json' };
import { replicate } from '../../core/simulation/oracles/replicate.ts';
import longRun from '../../core/years/fixtures/long-run.json' with { type: 'json' };
import { runYears } from '../../core/years/index.ts';

const TARGET = 0.01;
/** Intervals are estimates too: aim lower. */
const AIM = 0.009;
const RUNS = 40;
const MOST_REQUESTS = 60_000_000;
/** Of all components, in all. */
const MOST_FAILURES = 30_000_000;
const FAILURES_AT_ONCE = 5_000_000;
/** Of the histogram that percentiles are read off, and of runs that begin idle. */
const ROUNDING = 0.008;
const IDLE_START = 0.003;

interface Row {
  readonly what: string;
  readonly exact: number;
  readonly found: Estimate;
  readonly tolerance: number;
}

/** Counts what was printed, to sum it up. */
class Table {
  cases = 0;
  tight = 0;
  readonly wrong: string[] = [];

  print({ exact, found, tolerance, what }: Row): void {
    const halfWidth = found.halfWidth ?? Number.NaN;
    const isRight = Math.abs(found.mean - exact) <= 2 * halfWidth + tolerance * exact;
    const isTight = halfWidth <= TARGET * exact;
    const verdict = isRight ? (isTight ? 'met' : 'met, but wide') : 'MISSED';
    const width = `${((100 * halfWidth) / exact).toFixed(2)} %`;
    console.log(
      `  ${what.padEnd(64)} ${show(exact)}  ${show(found.mean)} ± ${width.padStart(7)}  ${verdict}`,
    );
    this.cases++;
    if (isTight) this.tight++;
    if (!isRight) this.wrong.push(what);
  }
}

function show(value: number): string {
  return (value >= 1e-3 ? value.toPrecision(6) : value.toExponential(4)).padStart(11);
}

function benchTraffic(kind: Kind, table: Table): void {
  console.log(`\n${kind}: ${oracles[kind].formula}`);
  for (const { expected, given, requests } of oracles[kind].cases) {
    const config = (CONFIGS[kind] as (given: unknown) => OracleConfig)(given);
    const names = Object.entries(expected as Readonly<Record<string, number>>);
    const first = replicate(config, RUNS, requests);
    const widest = Math.max(
      ...names.map(([name, exact]) => (measured(name, first, config).halfWidth ?? 0) / exact),
    );
    const longer = Math.min(requests * Math.max(1, (widest / AIM) ** 2), MOST_REQUESTS / RUNS);
    const runs = widest <= TARGET ? first : replicate(config, RUNS, longer);
    for (const [name, exact] of names) {
      const found = measured(name, runs, config);
      const tolerance = (/^p\d/.test(name) ? ROUNDING : 0) + IDLE_START;
      table.print({ what: `${name} of ${nameOf(given)}`, exact, found, tolerance });
    }
  }
}

function nameOf(given: unknown): string {
  return JSON.stringify(given)
    .replaceAll(/["{}[\]]/g, '')
    .slice(0, 50);
}

function benchYears(table: Table): void {
  console.log('\nyears of failures and repairs: share of time down');
  for (const { config, down, name, service, years } of longRun) {
    const { model } = readConfig(`version: 1\n${config}`, 'bench.resilience.yaml');
    /** In runs one after another, each with a seed of its own. */
    const downs = (all: number, firstSeed: number): number[] => {
      const seeds = Math.ceil(all / mostYears(model, FAILURES_AT_ONCE));
      return Array.from({ length: seeds }, (_, index) => {
        const run = runYears(model, { seed: firstSeed + index, years: all / seeds });
        if (run.kind !== 'done') throw new Error(`${name}: ${run.kind}`);
        const tallies = service === undefined ? run.groups : run.services;
        return (tallies.find((one) => one.name === (service ?? 'g')) ?? tallies[0])?.downs ?? [];
      }).flat();
    };
    const widest = (estimate(downs(years, 1)).halfWidth ?? 0) / down;
    // Where nothing was seen at first, nobody knows how long it takes.
    const needed = widest > 0 ? years * Math.max(1, (widest / AIM) ** 2) : Number.POSITIVE_INFINITY;
    const found = estimate(downs(Math.min(needed, mostYears(model, MOST_FAILURES)), 100));
    table.print({ what: name, exact: down, found, tolerance: 0 });
  }
}

type Model = Parameters<typeof runYears>[0];

/** How many years it takes until so many components have failed. */
function mostYears({ groups, zones }: Model, failures: number): number {
  let perHour = 0;
  for (const { members, mtbfMs } of groups.values()) {
    if (mtbfMs) perHour += members.length / (mtbfMs.value / 3_600_000);
  }
  for (const { mtbfMs } of zones.values()) perHour += 1 / (mtbfMs.value / 3_600_000);
  return failures / perHour / 8760;
}

const table = new Table();
console.log('case, exact, simulated ± half-width of the 95 % interval as a share of the exact one');
for (const kind of Object.keys(CONFIGS) as Kind[]) benchTraffic(kind, table);
benchYears(table);
const { cases, tight, wrong } = table;
console.log(`\n${cases} numbers: ${cases - wrong.length} met, ${tight} of them within 1 %.`);
if (wrong.length > 0) console.log(`Missed: ${wrong.join('; ')}`);
process.exitCode = wrong.length > 0 ? 1 : 0;

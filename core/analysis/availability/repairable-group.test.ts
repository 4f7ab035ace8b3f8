import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kOutOfN } from './k-out-of-n.ts';
import { type RepairableGroup, repairableGroup } from './repairable-group.ts';

const HOUR_MS = 3_600_000;
const YEAR_SECONDS = 8760 * 3600;

/** Members that are up for 1,000 hours and under repair for ten. */
function group(shape: Partial<RepairableGroup>): RepairableGroup {
  const times = { mttfMs: 1000 * HOUR_MS, mttrMs: 10 * HOUR_MS };
  return {
    needed: 1,
    active: 2,
    standby: 0,
    repairers: 1,
    standbyFailureFactor: 1,
    ...times,
    ...shape,
  };
}

const shapes = fc
  .record({
    active: fc.integer({ min: 1, max: 12 }),
    standby: fc.nat(8),
    repairers: fc.integer({ min: 1, max: 20 }),
    standbyFailureFactor: fc.double({ min: 0, max: 1, noNaN: true }),
    mttrMs: fc.double({ min: 1e6, max: 1e10, noNaN: true }),
  })
  .chain((shape) => {
    return fc.integer({ min: 1, max: shape.active }).map((needed) => group({ ...shape, needed }));
  });

describe('repairableGroup', () => {
  it.each([
    { shape: { repairers: 1 }, up: 0.999803960008, yearly: 0.171731, hours: 51_500, outage: 10 },
    {
      shape: { active: 1, standby: 1, standbyFailureFactor: 0, repairers: 2 },
      up: 0.9999504975,
      yearly: 0.08672838,
      hours: 102_000,
      outage: 5,
    },
    {
      shape: { needed: 2, active: 3, repairers: 3 },
      up: 0.999707852365,
      yearly: 0.5101422,
      hours: 17_500,
      outage: 5.0167,
    },
    {
      shape: { needed: 2, active: 2, standby: 1, standbyFailureFactor: 0 },
      up: 0.999604078385,
      yearly: 0.3433934,
      hours: 26_000,
      outage: 10.1,
    },
  ])('of $shape is up for $up', ({ shape, up, yearly, hours, outage }) => {
    const found = repairableGroup(group(shape));
    expect(found?.up).toBeCloseTo(up, 11);
    expect((found?.outagesPerSecond ?? 0) * YEAR_SECONDS).toBeCloseTo(yearly, 6);
    expect((found?.mttfMs ?? 0) / HOUR_MS).toBeCloseTo(hours, 6);
    expect((found?.meanOutageMs ?? 0) / HOUR_MS).toBeCloseTo(outage, 4);
  });

  it('with hot standbys and a repairer for each is a plain k-out-of-n group', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const members = shape.active + shape.standby;
        const found = repairableGroup({ ...shape, standbyFailureFactor: 1, repairers: members });
        const a = shape.mttfMs / (shape.mttfMs + shape.mttrMs);
        const plain = kOutOfN(shape.needed, members, a)?.down ?? Number.NaN;
        expect(Math.abs((found?.down ?? Number.NaN) - plain)).toBeLessThanOrEqual(1e-9 * plain);
      }),
    );
  });

  it('goes down as often as it comes back: down = frequency × mean outage', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const found = repairableGroup(shape);
        const { up = 0, down = 0, outagesPerSecond = 0, meanOutageMs = 0 } = found ?? {};
        expect(up + down).toBeCloseTo(1, 12);
        const product = (outagesPerSecond * meanOutageMs) / 1000;
        expect(Math.abs(product - down)).toBeLessThanOrEqual(1e-9 * down);
      }),
    );
  });

  it('gains by repairers and loses by standbys that wear out', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const here = repairableGroup(shape)?.up ?? Number.NaN;
        const more = repairableGroup({ ...shape, repairers: shape.repairers + 1 })?.up;
        const hot = repairableGroup({ ...shape, standbyFailureFactor: 1 })?.up;
        expect(more).toBeGreaterThanOrEqual(here - 1e-12);
        expect(hot).toBeLessThanOrEqual(here + 1e-12);
      }),
    );
  });

  it('says infinity for a time to failure that no number can hold', () => {
    const found = repairableGroup(group({ active: 200, repairers: 200, mttrMs: 1 }));
    expect(found).toMatchObject({ up: 1, mttfMs: Number.POSITIVE_INFINITY, meanOutageMs: 0 });
  });

  it.each([{ needed: 3 }, { needed: 0 }, { active: 10_001 }, { mttrMs: 0 }, { repairers: 0 }])(
    'has no answer for %j',
    (shape) => expect(repairableGroup(group(shape))).toBeUndefined(),
  );
});

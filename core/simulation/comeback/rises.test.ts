import { expect, it } from 'vitest';
import type { Traffic } from '../../model/model.ts';
import { modelOf } from '../testing/model.ts';
import { RISE_IN_LOAD, risesIn } from './rises.ts';

const END_MS = 100_000;

/** As `second:rate` with blanks between. */
function trafficOf(profile: string): Traffic {
  const points = profile.split(' ').map((point) => {
    const [second = '', rate = ''] = point.split(':');
    return `{ at: ${second}s, rate: ${rate}/s }`;
  });
  const { services } = modelOf(
    `services: { web: { traffic: { profile: [${points.join(', ')}] } } }`,
  );
  return services.get('web')?.traffic as Traffic;
}

const rises = (...profiles: string[]) =>
  risesIn(profiles.map(trafficOf), END_MS).map(({ fromMs, nextMs, toMs }) =>
    [fromMs, toMs, nextMs].map((ms) => ms / 1000),
  );

it.each([
  ['rises and comes down again', '0:10 20:10 30:30 50:10', [[20, 50, 100]]],
  ['jumps', '0:10 20:10 20:30 25:30 25:10', [[20, 25, 100]]],
  ['falls below where it was', '0:10 20:10 30:40 50:0', [[20, 45, 100]]],
  [
    'rises twice',
    '0:10 20:10 30:30 40:10 60:10 70:20 80:10',
    [
      [20, 40, 60],
      [60, 80, 100],
    ],
  ],
  ['stays up', '0:10 20:10 30:30', []],
  ['hardly rises', '0:10 20:10 30:11 50:10', []],
  ['rises from the start', '0:10 20:20 50:10', []],
  ['begins with nothing', '0:0 20:0 30:30 50:0', []],
  ['comes down when all is over', '0:10 20:10 30:30 120:10', []],
])('load that %s', (_, profile, expected) => {
  expect(rises(profile)).toEqual(expected);
});

it('rises that overlap are one', () => {
  expect(rises('0:10 20:10 30:30 50:10', '0:5 40:5 50:30 70:5')).toEqual([[20, 70, 100]]);
  expect(risesIn([trafficOf('0:1 9:1 9:9 20:1')], END_MS)[0]?.cause).toBe(RISE_IN_LOAD);
});

export { BY_CHANCE, faultsTogether, findDisturbances } from './disturbances.ts';
export { Goodput } from './goodput.ts';
export {
  COMEBACK_VERDICTS,
  type Comeback,
  type ComebackVerdict,
  judgeComebacks,
  type UnclearReason,
} from './judge.ts';
export { RISE_IN_LOAD, risesIn } from './rises.ts';

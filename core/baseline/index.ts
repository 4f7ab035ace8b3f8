export {
  type Baseline,
  type Compared,
  compareWith,
  type KnownFindings,
  knownFindings,
  knownIn,
  readBaseline,
  writeBaseline,
} from './baseline.ts';
export { Fingerprints } from './fingerprint.ts';

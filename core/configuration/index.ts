export {
  CONFIGURATION_NAME,
  type Configuration,
  layered,
  type Override,
  settingsFor,
} from './configuration.ts';
export { matchesGlob } from './glob.ts';
export { readConfiguration } from './read.ts';

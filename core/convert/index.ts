export { type NativeSystem, nativeSystem } from './system.ts';
export { durationText } from './values.ts';
export { plainConfig, writeNative } from './write.ts';

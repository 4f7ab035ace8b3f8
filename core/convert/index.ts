export { nativeModel } from './native-model.ts';
export { type NativeSystem, nativeSystem } from './system.ts';
export { durationText } from './values.ts';
export { comment, plainConfig, writeNative } from './write.ts';

export { collectImports, type ImportedTexts, type ImportPath, importPathsOf } from './collect.ts';
export { ownFindings } from './findings.ts';
export { ImportJoiner } from './join.ts';
export { resolveImport } from './paths.ts';

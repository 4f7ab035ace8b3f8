export { placesAcross, viewsOf } from './across.ts';
export { type CallRelation, callRelationsOf } from './calls.ts';
export { type Completion, completionsAt } from './completion.ts';
export { type Fold, foldsOf } from './folding.ts';
export { type FormatOptions, formatEdits } from './format.ts';
export { type Link, linksOf } from './links.ts';
export {
  NAME_NOUNS,
  type Name,
  type NameKind,
  type NamePlace,
  namesOf,
  placesOf,
} from './names.ts';
export { organiseEdit } from './organise.ts';
export { type OutlineItem, outlineOf } from './outline.ts';
export { type Refactoring, refactoringsAt } from './refactor.ts';
export {
  planRename,
  type RenamedFile,
  type RenameResult,
  rangeWithoutQuotes,
  renamableAt,
} from './rename.ts';
export { selectionsAt } from './selection.ts';
export { type QuantitySignature, signatureAt } from './signature.ts';
export { type Token, type TokenKind, tokensIn } from './tokens.ts';

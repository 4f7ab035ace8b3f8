export { type CallRelation, callRelationsOf } from './calls.ts';
export { type Completion, completionsAt } from './completion.ts';
export {
  NAME_NOUNS,
  type Name,
  type NameKind,
  type NamePlace,
  namesOf,
  placesOf,
} from './names.ts';
export { type OutlineItem, outlineOf } from './outline.ts';
export { planRename, type RenameResult, renamableAt } from './rename.ts';

export { type Completion, completionsAt } from './completion.ts';
export {
  NAME_NOUNS,
  type Name,
  type NameKind,
  type NamePlace,
  namesOf,
  placesOf,
} from './names.ts';

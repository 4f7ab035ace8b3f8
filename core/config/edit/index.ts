export { DocumentsEditor } from './documents.ts';
export {
  applyEdits,
  type EditResult,
  type Operation,
  type RefusalReason,
  type TextEdit,
} from './edit.ts';
export { EditedText } from './edited-text.ts';
export { ConfigEditor } from './editor.ts';
export { writeText } from './write-scalar.ts';

import type { Connection } from 'vscode-languageserver';
import { convert, convertToSimulate } from '../core/index.ts';
import type { Documents } from './documents.ts';
import { CONVERT, type ConvertParams, type ConvertResponse } from './protocol.ts';
import { invalid } from './requests.ts';

/** Answers `faultline/convert`: what an open file of another tool says, as a resilience config. */
export function answerConversions(connection: Connection, documents: Documents): void {
  connection.onRequest<ConvertResponse, void>(CONVERT, (params: ConvertParams): ConvertResponse => {
    const uri = params?.textDocument?.uri;
    if (typeof uri !== 'string') throw invalid('convert', 'the request names no document.');
    const model = documents.systemOf(uri);
    if (model) {
      const write = params.isToBeSimulated === true ? convertToSimulate : convert;
      return { kind: 'converted', text: write(model, decodeURIComponent(uri)) };
    }
    const message =
      documents.get(uri) === undefined
        ? 'This is no file of a tool that is known, or a template, or broken.'
        : 'This is a resilience config already.';
    return { kind: 'nothing', message };
  });
}

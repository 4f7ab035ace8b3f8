import { toPlainValue } from '../../config/syntax/node.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';

export const KUBERNETES = 'Kubernetes';

/** How a container is asked whether it is well. Source: Kubernetes API, `Probe`. */
export interface Probe {
  readonly at: SourceRange;
  /** What is asked, in words that are the same exactly if the questions are. */
  readonly question: string;
  readonly initialDelaySeconds: Sourced<number>;
  readonly periodSeconds: Sourced<number>;
  readonly timeoutSeconds: Sourced<number>;
  /** Failures in a row after which it counts as failed. */
  readonly failureThreshold: Sourced<number>;
}

const QUESTIONS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

export function readProbe(container: Fields, key: string): Probe | undefined {
  const fields = container.part(key);
  if (!fields.exists) return undefined;
  const question = QUESTIONS.flatMap((kind) => {
    const { node } = fields.part(kind);
    return node ? [kind, JSON.stringify(toPlainValue(node))] : [];
  });
  const number = (name: string, otherwise: number) =>
    fields.number(name) ?? usual(otherwise, fields.at, KUBERNETES);
  return {
    at: fields.at,
    question: question.join(' '),
    initialDelaySeconds: number('initialDelaySeconds', 0),
    periodSeconds: number('periodSeconds', 10),
    timeoutSeconds: number('timeoutSeconds', 1),
    failureThreshold: number('failureThreshold', 3),
  };
}

/** From the first failing probe to the verdict, s. */
export function verdictSeconds({ failureThreshold, periodSeconds }: Probe): number {
  return failureThreshold.value * periodSeconds.value;
}

import type { Insight } from '../subjects.ts';
import { breakerWords } from './breaker.ts';
import { callWords } from './call.ts';
import { groupWords } from './group.ts';
import { objectiveWords } from './objective.ts';
import { poolWords } from './pool.ts';
import { rateLimiterWords } from './rate-limiter.ts';
import { retryWords } from './retry.ts';
import { scenarioWords } from './scenario.ts';
import { serviceWords } from './service.ts';
import type { Words } from './words.ts';

/** Says an insight in words. */
export function wordsOf(insight: Insight): Words {
  switch (insight.kind) {
    case 'group':
      return groupWords(insight);
    case 'call':
      return callWords(insight);
    case 'pool':
      return poolWords(insight);
    case 'breaker':
      return breakerWords(insight);
    case 'rate-limiter':
      return rateLimiterWords(insight);
    case 'retry':
      return retryWords(insight);
    case 'service':
      return serviceWords(insight);
    case 'objective':
      return objectiveWords(insight);
    case 'scenario':
      return scenarioWords(insight);
  }
}

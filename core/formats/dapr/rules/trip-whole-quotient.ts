import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

export const daprTripWholeQuotient: FormatRule<DaprWhole> = {
  id: 'dapr-trip-whole-quotient',
  title: 'A share in a breaker’s condition is 0 or 1',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The counts in \`trip\` are whole numbers, and so is their quotient: \`totalFailures / requests\` is 1 when
every request has failed, and 0 otherwise. A breaker that should open at half of the requests opens
when all have failed, or never.

**Fires when** \`trip\` divides one count by another without making a \`double\` of it.

**Fix** Write \`double(totalFailures) / double(requests) > 0.5\`, or multiply: \`totalFailures * 2 > requests\`.

**Source** CEL specification, "Arithmetic operators"; dapr/dapr hands the counts over as \`int64\`.
`,
  *check({ resources }) {
    for (const { name, trip, tripText, unclear } of resources.flatMap((one) => [
      ...one.breakers.values(),
    ])) {
      const { wholeQuotient } = trip;
      if (wholeQuotient === undefined || unclear) continue;
      const [over, under] = wholeQuotient.split(' / ');
      yield {
        subject: `breaker ${name}`,
        message: `'${wholeQuotient}' divides whole numbers, so it is 0 until every one of the ${under} counts as ${over}, and breaker '${name}' does not open at a share of them. Write double(${over}) / double(${under}).`,
        at: tripText.source.at,
      };
    }
  },
};

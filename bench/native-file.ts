/** A native config of about the given number of lines, in which everything is referred to. */
export function nativeFile(lines: number): string {
  const parts = [
    'version: 1',
    'system: bench',
    'retries:',
    '  standard: { attempts: 3 }',
    'redundancy:',
  ];
  const groups = Math.max(1, Math.floor((lines - 7) / 20));
  for (let i = 0; i < groups; i++) {
    parts.push(
      `  group-${i}:`,
      '    minHealthy: 2',
      '    active:',
      `      - { id: node-${i}-1, zone: a }`,
      `      - { id: node-${i}-2, zone: b }`,
      '    standby:',
      `      - { id: node-${i}-3, zone: c }`,
      `      - { id: node-${i}-4, zone: a }`,
      '    failures: { mtbf: 30d }',
      '    capacity: 300/s',
    );
  }
  parts.push('services:');
  for (let i = 0; i < groups; i++) {
    parts.push(
      `  service-${i}:`,
      '    tier: 2',
      `    runsOn: group-${i}`,
      '    traffic:',
      '      rate: 5/s',
      '    latency: { p50: 80ms, p99: 900ms }',
      '    calls:',
      `      - to: group-${(i + 1) % groups}`,
      '        timeout: 300ms',
      '        retry: standard',
    );
  }
  return `${parts.join('\n')}\n`;
}

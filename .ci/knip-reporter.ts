// Prints what knip found together with how many files it read; its own JSON reporter leaves the count out.
import { relative } from 'node:path';
import type { ReporterOptions } from 'knip';
import type { Finding, UnusedReport } from './guards.ts';

export default function printReport({ report, issues, counters, cwd }: ReporterOptions): void {
  const findings: Finding[] = [];
  for (const [type, isReported] of Object.entries(report)) {
    if (!isReported) continue;
    for (const bySymbol of Object.values(issues[type as keyof typeof issues])) {
      for (const issue of Object.values(bySymbol)) {
        findings.push({
          rule: type,
          file: relative(cwd, issue.filePath).replaceAll('\\', '/'),
          line: issue.line ?? 0,
          message: issue.symbols?.map((symbol) => symbol.symbol).join(', ') ?? issue.symbol,
        });
      }
    }
  }
  const answer: UnusedReport = { examined: counters.processed, findings };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

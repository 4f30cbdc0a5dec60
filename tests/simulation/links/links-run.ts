/**
 * `npm run test:links [-- --links a,b --seed S --dossiers N --kills N --limit SECONDS]`: a real server and two real desks over
 * every link of the emulator, with kill -9 of either side. Prints a table; exit 1 when anything was lost or happened twice.
 */
import { parseArgs } from 'node:util';
import { isLinkName, LINKS, type LinkName } from '../../../bench/links/link-profile.ts';
import { createChance } from '../seeded-chance.ts';
import { runLinkSeries, type LinkOutcome } from './link-series.ts';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      links: { type: 'string', default: Object.keys(LINKS).join(',') }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      dossiers: { type: 'string', default: '40' }, kills: { type: 'string', default: '6' }, limit: { type: 'string', default: '900' },
    },
  });
  const names = values.links.split(',');
  const unknown = names.filter((name) => !isLinkName(name));
  if (unknown.length > 0) {
    process.stderr.write(`no link is called ${unknown.join(', ')}; there are ${Object.keys(LINKS).join(', ')}\n`);
    return 2;
  }
  console.log(`seed ${values.seed}: ${values.dossiers} dossiers at each of two desks, ${values.kills} kills a link`);
  const rows: (readonly [LinkName, LinkOutcome])[] = [];
  for (const name of names as LinkName[]) {
    const outcome = await runLinkSeries({
      profile: LINKS[name], chance: createChance(Number(values.seed)), dossiers: Number(values.dossiers), kills: Number(values.kills), limitMs: Number(values.limit) * 1_000,
      tell: (line) => process.stderr.write(`  ${name}: ${line}\n`),
    });
    rows.push([name, outcome]);
    console.log(JSON.stringify({ link: name, ...outcome }));
  }
  console.log(`\n${tableOf(rows)}\n`);
  const isClean = rows.every(([, { findings }]) => findings.length === 0);
  console.log(isClean ? 'LINK TEST PASSED' : `LINK TEST FAILED: repeat with -- --seed ${values.seed}`);
  return isClean ? 0 : 1;
}

/** As it stands in docs/RELIABILITY.md. */
function tableOf(rows: readonly (readonly [LinkName, LinkOutcome])[]): string {
  const lines = rows.map(([name, one]) =>
    `| ${name} | ${one.dossiers} | ${one.operations} | ${one.serverKills} + ${one.deskKills} | ${one.seconds} | ${one.upBytes} | ${one.downBytes} | ${one.connections} | ${one.findings.length} |`);
  return ['| link | dossiers | operations | kills server + desk | seconds | wire bytes up | down | connections | lost or twice |', '| --- | --- | --- | --- | --- | --- | --- | --- | --- |', ...lines].join('\n');
}

process.exitCode = await main();

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';

const ENTRY = path.join(import.meta.dirname, '../../../src-server/server.ts');

describe('the commands of the server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'motcua-commands-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (data: string, ...words: readonly string[]) => {
    const { DATABASE_URL: _none, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, '--data', path.join(folder, data), ...words], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const epochOf = async (data: string) => {
    const db = valueOf(openSqliteServerDb(path.join(folder, data)));
    const fact = await db.get<{ value: string }>("SELECT value FROM server_facts WHERE name = 'epoch'");
    await db.close();
    return fact?.value;
  };

  it('carry a server into an empty folder, with its keys and in another life', async () => {
    expect(run('one', 'admit').status).toBe(0);
    const file = path.join(folder, 'backup.gz');
    expect(run('one', 'backup', file)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Backup: \d+ rows/) });
    expect(run('two', 'restore', file)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Restored: \d+ rows/) });
    expect(run('two', 'restore', file)).toMatchObject({ status: 1, stdout: expect.stringContaining('not empty') });
    const [one, two] = [await epochOf('one'), await epochOf('two')];
    expect(two).not.toBe(one);
    expect(run('two', 'new-epoch').status).toBe(0);
    expect(await epochOf('two')).not.toBe(two);
    expect(run('two', 'rebuild')).toMatchObject({ status: 0, stdout: 'Folded anew: 0 offices.\n' });
    expect(run('two', 'rebuild', '--office', 'nobody')).toMatchObject({ status: 1 });
  });

  it('make a set-up code for an administrator by name, which is kept in no backup', async () => {
    const file = path.join(folder, 'backup.gz');
    expect(run('one', 'set-up-code', 'Vàng Thị Dợ')).toMatchObject({ status: 0, stdout: expect.stringMatching(/Vàng Thị Dợ.* The set-up code: [2-9A-Z]{4}(-[2-9A-Z]{4}){2}\n$/) });
    expect(run('one', 'set-up-code')).toMatchObject({ status: 2 });
    expect(run('one', 'backup', file).status).toBe(0);
    expect(run('two', 'restore', file).status).toBe(0);
    const codes = async (data: string) => {
      const db = valueOf(openSqliteServerDb(path.join(folder, data)));
      const rows = await db.all('SELECT name_key FROM set_up_codes');
      await db.close();
      return rows;
    };
    expect(await codes('one')).toEqual([{ name_key: 'vang thi do' }]);
    expect(await codes('two')).toEqual([]);
  });

  it('say what there is where words make no command, and touch nothing', () => {
    for (const words of [['backup'], ['backup', 'a', 'b'], ['destroy'], ['new-epoch', 'now'], ['backup', 'a', '--office', 'b'], ['--office', 'b'], ['--nonsense']]) {
      expect(run('one', ...words)).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run server -- backup FILE') });
    }
  });

  it('end with a plain word where a file cannot be read', () => {
    expect(run('one', 'restore', path.join(folder, 'nothing.gz'))).toMatchObject({ status: 1, stderr: expect.stringContaining('ENOENT') });
  });
});

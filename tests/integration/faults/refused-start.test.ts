import { createServer } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { composeCore } from '../../../src-main/core/compose-core.ts';
import { explainStartFault } from '../../../src-main/core/start-fault.ts';
import { startCore, type CoreProcess } from '../../simulation/core-process.ts';
import { setUpOffice, signIn } from '../../simulation/crash-office.ts';
import { CAN_MAKE_DISKS, makeSmallDisk, openFaultDesk } from './fault-desk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function newPlace() {
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-start-'));
  ends.push(() => rmSync(root, { recursive: true, force: true }));
  return { dataDir: path.join(root, 'data'), stateDir: path.join(root, 'state') };
}

async function started(...start: Parameters<typeof startCore>): Promise<CoreProcess> {
  const core = await startCore(...start);
  ends.push(async () => {
    core.signal('SIGTERM');
    await core.ended;
  });
  return core;
}

describe('a second start on one folder', () => {
  it('is refused with its sentence, whatever the state of the first, and harms nothing', async () => {
    const place = newPlace();
    const first = await started(place);
    const second = await startCore(place);
    expect(await second.ended).toBe(1);
    expect(second.errors()).toBe(`Chương trình đang mở sẵn trên thư mục ${place.dataDir}. Dùng cửa sổ đang mở, hoặc đóng nó rồi mở lại. (desk.alreadyOpen)\n`);

    const client = await setUpOffice(first.url!);
    expect(await (await startCore(place)).ended).toBe(1);
    expect((await client.must('office.get', {})).state).toBe('open');
    client.close();
  });

  it('is let in as soon as the first one was killed', async () => {
    const place = newPlace();
    const first = await started(place);
    (await setUpOffice(first.url!)).close();
    first.kill();
    await first.ended;
    const second = await started(place);
    const client = await signIn(second.url!);
    expect((await client.must('office.get', {})).office?.newIncarnation).toBeNull();
    client.close();
  });
});

describe('a port that another program has', () => {
  it('is refused by name when it was asked for, and the folder is free again', async () => {
    const place = newPlace();
    const other = createServer();
    const port = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)));
    ends.push(() => other.close());
    const refused = await startCore({ ...place, port });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toBe(`Cổng ${port} đang có chương trình khác dùng. Bỏ --port để máy tự chọn cổng trống. (port.taken)\n`);
    expect((await started(place)).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a folder that may not be written', () => {
  it.skipIf(!CAN_MAKE_DISKS)('is refused with its sentence, and opens with everything in it once it may', async () => {
    const disk = makeSmallDisk(8)!;
    ends.push(disk.remove);
    const desk = await openFaultDesk(disk);
    ends.push(desk.end);
    const code = await desk.receive();
    await desk.machine.stop();
    disk.setReadOnly(true);
    const { dataDir, stateDir } = desk.machine.place;
    const core = composeCore({ dataDir, stateDir, demo: false, rendererDir: null });
    expect(core.ok ? 'started' : explainStartFault(core.error, dataDir)).toBe(`Thư mục ${dataDir} chỉ cho đọc. Việc đã lưu vẫn còn; nhờ quản trị mở quyền ghi rồi mở lại. (storage.readOnly)`);
    disk.setReadOnly(false);
    await desk.machine.start();
    expect(await desk.listCodes()).toEqual([code]);
    expect(await desk.receive()).toMatch(/002$/);
  });

  it.skipIf(!CAN_MAKE_DISKS)('and does not exist yet is refused in the same words', () => {
    const disk = makeSmallDisk(1)!;
    ends.push(disk.remove);
    mkdirSync(path.join(disk.dir, 'office'));
    disk.setReadOnly(true);
    const dataDir = path.join(disk.dir, 'office', 'data');
    const core = composeCore({ dataDir, stateDir: newPlace().stateDir, demo: false, rendererDir: null });
    expect(core.ok ? 'started' : core.error.code).toBe('storage.readOnly');
  });

  it('because a file has its name is refused without a stack', async () => {
    const { stateDir } = newPlace();
    const core = await startCore({ dataDir: path.join(import.meta.dirname, 'fault-desk.ts', 'data'), stateDir });
    expect(await core.ended).toBe(1);
    expect(core.errors()).toMatch(/^Tệp trong .* không đọc được\. Đừng xóa gì; báo quản trị\. \(storage\.\w+\)\n$/);
  });
});

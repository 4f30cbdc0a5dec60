import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeColumns } from '../../../src-node/codec/columnar-content.ts';
import { decodeFrame } from '../../../src-node/codec/frame-codec.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import { CODECS } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { SmallSyncServer } from '../../helpers/small-sync-server.ts';
import { connect, logsOf, receive, syncNow } from '../../helpers/sync-office.ts';

/** A frame as the program of protocol 3 wrote it, and what it says. */
const FORMER = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../fixtures/codec/protocol-3.json'), 'utf8')) as { readonly columns: string; readonly content: FrameContent };

describe('a desk of protocol 3', () => {
  const columns = Buffer.from(FORMER.columns, 'base64');
  const former = Buffer.concat([Buffer.from([0]), zstdCompressSync(columns)]);

  it('is read as it always was', () => {
    expect(valueOf(decodeFrame('columns-zstd', former))).toEqual(FORMER.content);
  });

  it('is written to byte for byte as its own program would write', () => {
    expect(Buffer.from(writeColumns(FORMER.content)).equals(columns)).toBe(true);
  });
});

describe('desks of today with a server of protocol 3', () => {
  let office: CoreOffice;
  let server: SmallSyncServer;
  let address: string;
  let first: CoreDesk;
  let second: CoreDesk;

  beforeEach(async () => {
    office = await setUpCoreOffice();
    first = office.first;
    second = await office.join(first, 'Máy 2');
    server = new SmallSyncServer();
    server.reads = ['json-gzip', 'columns-zstd'];
    server.writes = 'columns-zstd';
    address = await server.listen();
    await connect(first, address, server.code);
  });

  afterEach(async () => {
    await office.end();
    await server.close();
  });

  const codecsSince = (from: number) => new Set(server.requests.slice(from).filter(({ frames }) => frames > 0).map(({ codec }) => codec));

  it('exchange everything, and write in the newer way once it is of today too', async () => {
    for (let count = 0; count < 6; count += 1) await receive(count % 2 ? first : second, office);
    await connect(second, address, null);
    for (const desk of [first, second, first]) await syncNow(desk);
    expect(logsOf(second)).toEqual(logsOf(first));
    expect(server.held(first.desk.office().id)).toEqual(logsOf(first));
    expect([...codecsSince(0)]).toEqual(['columns-zstd']);
    server.reads = CODECS;
    server.writes = 'columns-2-zstd';
    const from = server.requests.length;
    for (const desk of [first, second]) {
      await desk.must('sync.pause', {});
      await receive(desk, office);
      await desk.must('sync.resume', {});
      await desk.core.sync.settled();
    }
    await syncNow(first);
    expect([...codecsSince(from)]).toEqual(['columns-2-zstd']);
    expect(server.held(first.desk.office().id)).toEqual(logsOf(first));
    expect(logsOf(second)).toEqual(logsOf(first));
    for (const desk of [first, second]) expect((await desk.must('sync.status', {})).quarantined).toEqual([]);
  });
});

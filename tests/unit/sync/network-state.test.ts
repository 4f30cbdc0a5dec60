import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../src-shared/contract/sync.api.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { networkStateOf } from '../../../src-renderer/features/sync/network-state.ts';

const status = (change: Partial<SyncStatus>): SyncStatus => ({
  state: 'resting', code: null, sentence: null, nextTryMs: null, server: { name: 'Tỉnh', address: 'https://tinh.vn', fingerprint: '' },
  waiting: { operations: 0, dossiers: 0, bytes: 0, oldestAgeMs: null }, lastContactAt: Date.parse('2026-11-27T15:20:00+07:00'), acknowledged: { operations: 1, of: 1 }, minutesLeft: null, older: null, budget: { bytesPerDay: null, bytesToday: 0 }, quarantined: [], ...change,
});
const waiting = (days: number) => ({ operations: 7, dossiers: 0, bytes: 900, oldestAgeMs: days * DAY_MS });

describe('the foot of every screen', () => {
  it('says nothing of sending where no server is known', () => {
    expect(networkStateOf(undefined)).toEqual({ words: 'Chưa có mạng, làm việc bình thường' });
    expect(networkStateOf(status({ server: null, waiting: waiting(40) })).isWarning).toBeUndefined();
  });

  it('says when all was sent', () => {
    expect(networkStateOf(status({}))).toEqual({ words: 'Đã gửi hết lúc 15:20' });
  });

  it.each<[Partial<SyncStatus>, string]>([
    [{ state: 'exchanging', waiting: waiting(0) }, 'Đang gửi 7 việc'],
    [{ state: 'waiting', code: 'unreachable', waiting: waiting(2) }, 'Chưa có mạng, làm việc bình thường'],
    [{ state: 'waiting', code: 'storage.full', waiting: waiting(2) }, 'Chưa gửi được, làm việc bình thường'],
    [{ state: 'waiting', code: 'budgetUsed', waiting: waiting(2) }, 'Hết dung lượng hôm nay, mai gửi tiếp'],
    [{ state: 'paused', waiting: waiting(2) }, 'Đang tạm dừng gửi lên tuyến trên'],
    [{ state: 'refused', code: 'untrusted', waiting: waiting(2) }, 'Tuyến trên chưa nhận việc của máy này'],
    [{ state: 'refused', code: 'sync.revoked', waiting: waiting(2) }, 'Cơ quan đã ngừng máy này; việc vẫn lưu ở đây'],
    [{ state: 'resting', waiting: waiting(0), quarantined: [{ direction: 'up', device: 'a', deskName: null, code: 'branch.ownDevice', sentence: '', at: 0 }] }, 'Có phần tuyến trên chưa nhận'],
  ])('%o: %s', (change, words) => {
    expect(networkStateOf(status(change))).toEqual({ words });
  });

  it('warns of age alone, whatever the reason', () => {
    for (const state of ['waiting', 'paused', 'refused', 'resting'] as const) expect(networkStateOf(status({ state, waiting: waiting(3) }))).toEqual({ words: 'Việc chờ lâu nhất đã 3 ngày', isWarning: true });
  });
});

import { describe, expect, it } from 'vitest';
import { readAdmissionWords, writeAdmissionWords } from '../../../src-shared/sync-protocol/admission-words.ts';

const WORDS = { address: 'https://10.1.2.3:4870', code: 'ABCD-2345-WXYZ', fingerprint: '0011 2233 4455 6677 8899 AABB CCDD EEFF' };
const TEXT = 'MOTCUA2 https://10.1.2.3:4870 ABCD-2345-WXYZ 0011 2233 4455 6677 8899 AABB CCDD EEFF';

describe('the text of an admission', () => {
  it('is one line that is read aloud, typed or drawn', () => expect(writeAdmissionWords(WORDS)).toBe(TEXT));

  it.each([TEXT, `  ${TEXT.toLowerCase()}\n`, TEXT.replaceAll(' ', '\n'), TEXT.replace(/ (?=\w{4}( |$))/g, '').replace('WXYZ', 'WXYZ ')])('is read however it was broken up (%#)', (text) => {
    expect(readAdmissionWords(text)).toEqual(WORDS);
  });

  it.each(['', 'MOTCUA2', TEXT.replace('MOTCUA2', 'MOTCUA3'), TEXT.slice(0, -1), `${TEXT} 00`, TEXT.replace('EEFF', 'EEFG'), TEXT.replace('ABCD-', 'ABCI-'), TEXT.replace('https://', 'ftp://'), TEXT.replace('https://10.1.2.3:4870', 'https://')])('is none where anything is missing or cannot be (%#)', (text) => {
    expect(readAdmissionWords(text)).toBeNull();
  });
});

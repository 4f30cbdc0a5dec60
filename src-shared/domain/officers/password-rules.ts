const PASSWORD_LENGTH_MIN = 8;

/** Why a new password is refused, in words, or null. Length counts, not riddles: people write riddles on paper. */
export function passwordFault(password: string): string | null {
  if ([...password].length < PASSWORD_LENGTH_MIN) return `Mật khẩu cần ít nhất ${PASSWORD_LENGTH_MIN} ký tự.`;
  if (new Set(password).size < 3) return 'Mật khẩu này quá dễ đoán. Dùng vài chữ khác nhau.';
  return null;
}

/** The mark: two mountains, the yellow roof of dawn, one door. */
export function Brand({ sizePx = 40 }: { readonly sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 40 40" aria-hidden="true">
      <path d="M4 31 15 13l6 9 5-7 10 16z" fill="#fff" />
      <path d="M15 13 11.3 19l3.7 3 3.2-4.2z" fill="#f2b632" />
      <path d="M18 31v-5.5h5V31z" fill="#14264a" />
    </svg>
  );
}

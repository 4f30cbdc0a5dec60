/** Ridges behind ridges at the foot of the indigo cloth. */
export function Mountains() {
  return (
    <svg className="mountains" viewBox="0 0 380 200" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <path d="M0 110 60 50l48 50 66-95 64 86 46-42 96 105v46H0z" fill="#1f3a72" />
      <path d="M0 150 54 112l60 56 64-78 92 98 40-58 70 48v22H0z" fill="#24407a" />
      <path d="M0 186 90 150l74 34 94-40 122 40v16H0z" fill="#2d4f93" />
    </svg>
  );
}

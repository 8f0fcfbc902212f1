export function Spinner() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="size-[1.1em] animate-spin" fill="none">
      <circle cx="10" cy="10" r="8" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2.5" />
      <path d="M18 10a8 8 0 0 0-8-8" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}

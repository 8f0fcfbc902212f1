/** Applies a stored choice before the first paint, so that no page flashes in the wrong light. */
export function ThemeScript() {
  const script =
    "try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.classList.add(t)}catch(e){}";
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; it has to run before the page is painted
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}

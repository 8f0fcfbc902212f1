/** Where a page says which workspace it was drawn for. */
export const MARK = 'data-workspace';

/**
 * The workspace this page shows; null where it says none, or where its parts were drawn for different ones (another tab
 * opened another workspace meanwhile). Read from the page itself, so that it can never say something else than what is seen.
 */
export function shownWorkspace(): string | null {
  const said = [...document.querySelectorAll(`[${MARK}]`)].map((element) => element.getAttribute(MARK) ?? '');
  const named = [...new Set(said.filter(Boolean))];
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The same as a request's header. */
export function workspaceHeader(): Record<string, string> {
  const workspaceId = shownWorkspace();
  return workspaceId ? { 'x-workspace': workspaceId } : {};
}

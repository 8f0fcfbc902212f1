/** Where a page says which workspace it was drawn for. */
export const MARK = 'data-workspace';

/** What a page says that was put together from the workspaces of two tabs: nobody is a member of it. */
const UNCLEAR = 'unclear';

/**
 * The workspace this page shows, read from the page itself, so that it can never say something else than what is seen.
 * Null where it says none (nothing of a workspace is shown); `unclear` where its parts were drawn for different ones.
 */
export function shownWorkspace(): string | null {
  const said = [...document.querySelectorAll(`[${MARK}]`)].map((element) => element.getAttribute(MARK) ?? '');
  const named = [...new Set(said.filter(Boolean))];
  return named.length > 1 ? UNCLEAR : (named[0] ?? null);
}

/** The same as a request's header. */
export function workspaceHeader(): Record<string, string> {
  const workspaceId = shownWorkspace();
  return workspaceId ? { 'x-workspace': workspaceId } : {};
}

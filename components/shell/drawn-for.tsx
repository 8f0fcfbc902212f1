'use client';
import { useEffect } from 'react';
import { MARK } from '../wire/workspace';

/** Marks a part of the page with the workspace it was drawn for. Parts of two workspaces on one page: it is asked for anew. */
export function DrawnFor({ workspaceId }: { workspaceId: string }) {
  useEffect(() => {
    const others = [...document.querySelectorAll(`[${MARK}]`)].some(
      (element) => element.getAttribute(MARK) !== workspaceId,
    );
    if (others) window.location.reload();
  }, [workspaceId]);
  return <span hidden {...{ [MARK]: workspaceId }} />;
}

'use client';
import { createContext, type ReactNode, useContext } from 'react';

const Drawn = createContext<string | null>(null);

/** The workspace everything below was drawn for. */
export function DrawnWorkspace({ workspaceId, children }: { workspaceId: string; children?: ReactNode }) {
  return <Drawn.Provider value={workspaceId}>{children}</Drawn.Provider>;
}

/**
 * The address of a stored file in the workspace this page was drawn for: a picture sends no header, and the session may
 * have another workspace open by now. Outside a workspace's pages the session decides.
 */
export function useFileHref(): (fileId: string) => string {
  const workspaceId = useContext(Drawn);
  return (fileId) => fileHref(fileId, workspaceId);
}

function fileHref(fileId: string, workspaceId: string | null): string {
  const address = `/api/files/${encodeURIComponent(fileId)}`;
  return workspaceId === null ? address : `${address}?${new URLSearchParams({ workspace: workspaceId })}`;
}

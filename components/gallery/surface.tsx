'use client';
import type { ReactNode } from 'react';
import { SurfaceProvider } from '@/components/chat/surface';

/** Buttons look alive here and lead nowhere. */
export function GallerySurface({ children }: { children: ReactNode }) {
  return (
    <SurfaceProvider
      value={{ interactive: true, projectId: 'project-1', conversationId: 'conversation-1', changed() {}, ask() {} }}
    >
      {children}
    </SurfaceProvider>
  );
}

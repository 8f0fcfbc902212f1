'use client';
import { createContext, type ReactNode, useContext } from 'react';

/** What a card may ask of the page it stands on. */
export type Surface = {
  /** False in previews (papers, gallery): a card then shows itself without anything to press. */
  interactive: boolean;
  projectId: string;
  conversationId: string | null;
  /** Something was pressed and answered: read the cards again. */
  changed: () => void;
  /** Puts words into the message box and the cursor behind them. */
  ask: (prompt: string, placeholder?: string) => void;
};

const Context = createContext<Surface>({
  interactive: false,
  projectId: '',
  conversationId: null,
  changed() {},
  ask() {},
});

export function SurfaceProvider({ value, children }: { value: Surface; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useSurface(): Surface {
  return useContext(Context);
}

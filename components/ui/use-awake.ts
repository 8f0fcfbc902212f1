'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False in the page as it arrives, true once it hears presses. */
export function useAwake(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

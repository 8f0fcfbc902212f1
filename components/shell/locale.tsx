'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { WordsIn } from '@/lib/words/format';

const Context = createContext<WordsIn>({ locale: 'en', zone: 'UTC' });

/** Locale and zone come from the account, so that the server and the browser write the same words. */
export function LocaleProvider({ locale, zone, children }: WordsIn & { children: ReactNode }) {
  return <Context value={{ locale, zone }}>{children}</Context>;
}

export function useLocale(): WordsIn {
  return useContext(Context);
}

import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { ThemeScript } from '@/components/shell/theme-script';
import { landingWords } from '@/lib/words/en/landing';
import { uiWords } from '@/lib/words/en/ui';
import { inter, interExtended } from './fonts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: landingWords.title, template: `%s · ${uiWords.wordmark}` },
  description: landingWords.description,
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  // The chat's composer stays above the on-screen keyboard.
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f4ec' },
    { media: '(prefers-color-scheme: dark)', color: '#111412' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${inter.variable} ${interExtended.variable}`} suppressHydrationWarning>
      <head>
        <ThemeScript />
      </head>
      <body>
        <a
          href="#content"
          className="sr-only rounded-control bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-70"
        >
          {uiWords.skip}
        </a>
        {children}
      </body>
    </html>
  );
}

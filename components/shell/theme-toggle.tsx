'use client';
import { Moon, Sun } from 'lucide-react';
import { uiWords } from '@/lib/words/en/ui';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';

/** Flips what is shown now and remembers it; without a choice the reader's own setting decides. */
function flip(): void {
  const root = document.documentElement;
  const dark =
    root.classList.contains('dark') ||
    (!root.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches);
  const next = dark ? 'light' : 'dark';
  root.classList.remove('light', 'dark');
  root.classList.add(next);
  try {
    localStorage.setItem('theme', next);
  } catch {
    // Private windows may refuse storage; the choice then lasts for this page.
  }
}

export function ThemeToggle({ className }: { className?: string }) {
  return (
    <button
      type="button"
      onClick={flip}
      aria-label={uiWords.theme.label}
      className={cn(buttonLook({ look: 'quiet', size: 'icon' }), className)}
    >
      <Sun aria-hidden="true" className="scheme-dark" />
      <Moon aria-hidden="true" className="scheme-light" />
    </button>
  );
}

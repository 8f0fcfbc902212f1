'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type Tab = { value: string; label: string; content: ReactNode };

/** Arrow keys move between tabs; only the open tab's content is mounted, so closed tabs fetch nothing. */
export function Tabs({
  tabs,
  label,
  value,
  onValueChange,
}: {
  tabs: Tab[];
  label: string;
  value: string;
  onValueChange: (value: string) => void;
}) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} className="flex min-h-0 flex-1 flex-col">
      <Radix.List aria-label={label} className="mx-4 mt-3 flex gap-1 rounded-xl bg-sunken p-1">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="target flex min-h-9 flex-1 items-center justify-center rounded-lg px-2 text-sm font-medium text-ink-soft transition-colors hover:text-ink data-[state=active]:bg-surface data-[state=active]:text-ink data-[state=active]:shadow-card"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 overflow-y-auto px-4 py-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

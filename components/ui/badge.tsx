import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const badgeLook = cva(
  'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-micro font-medium whitespace-nowrap [&_svg]:size-3.5',
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-ink-soft',
        good: 'bg-accent-soft text-accent',
        careful: 'bg-careful-soft text-careful',
        broken: 'bg-broken-soft text-broken',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeLook>['tone']>;

export function Badge({ tone, className, ...rest }: ComponentProps<'span'> & { tone?: Tone }) {
  return <span {...rest} className={cn(badgeLook({ tone }), className)} />;
}

import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

export const buttonLook = cva(
  'target inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium transition-[background-color,border-color,color,transform] duration-150 select-none active:translate-y-px disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-[1.15em] [&_svg]:shrink-0',
  {
    variants: {
      look: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border border-line-strong/60 bg-surface text-ink hover:border-line-strong hover:bg-sunken',
        quiet: 'text-ink-soft hover:bg-sunken hover:text-ink',
        danger: 'bg-broken text-on-broken hover:bg-broken-strong',
        careful: 'border border-broken-line bg-surface text-broken hover:bg-broken-soft',
      },
      size: {
        small: 'min-h-9 px-3 text-sm',
        medium: 'min-h-11 px-4 text-[0.9375rem]',
        large: 'min-h-13 px-6 text-base',
        icon: 'size-10 text-base',
      },
    },
    defaultVariants: { look: 'primary', size: 'medium' },
  },
);

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonLook> & { busy?: boolean };

/** A busy button keeps its width and its words; it says so to assistive technology and takes no second press. */
export function Button({
  look,
  size,
  busy = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={cn(buttonLook({ look, size }), className)}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

/** The same look on a link; for `next/link` use `className={buttonLook()}`. */
export function ButtonLink({ look, size, className, ...rest }: ComponentProps<'a'> & VariantProps<typeof buttonLook>) {
  return <a {...rest} className={cn(buttonLook({ look, size }), className)} />;
}

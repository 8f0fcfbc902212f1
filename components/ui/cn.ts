import { type ClassValue, clsx } from 'clsx';

/** Joins class names. Variants never contradict one another, so no merging library is sent to the browser. */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}

import type { ActionState } from '@/lib/domain/action';
import type { Tone } from '../ui/badge';

export const ACTION_TONES: Record<ActionState, Tone> = {
  WAITING: 'careful',
  EXECUTING: 'neutral',
  DONE: 'good',
  FAILED: 'broken',
  REFUSED: 'neutral',
  DECLINED: 'neutral',
  SHADOW: 'neutral',
  UNDONE: 'neutral',
};

import * as z from 'zod';
import { ROLES } from '../domain/roles';

/** What a person may do, as our routes take it: a role, and for managers the money per day one press may add. */
export const terms = {
  role: z.enum(ROLES),
  limit: z.strictObject({ minor: z.string().regex(/^\d{1,15}$/), currency: z.string().regex(/^[A-Z]{3}$/) }).nullable(),
};

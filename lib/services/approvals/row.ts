import type { Tx } from '../../runtime/db';

export type ApprovalRow = NonNullable<Awaited<ReturnType<Tx['approval']['findFirst']>>>;

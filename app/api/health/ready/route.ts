import { checkReadiness } from '@/lib/services/health/readiness';

export const dynamic = 'force-dynamic';

/** Ready: what the product needs to work answers too. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
}

import { signedCallback } from '@/lib/http/facebook-signed';

export const POST = signedCallback('DELETE');

import { completeFacebookLogin } from '@/lib/http/facebook-callback';

export const GET = completeFacebookLogin;

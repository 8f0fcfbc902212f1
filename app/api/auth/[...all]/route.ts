import { toNextJsHandler } from 'better-auth/next-js';
import { auth } from '@/lib/http/auth';

const handlers = toNextJsHandler((request: Request) => auth().handler(request));

export const { GET, POST } = handlers;

import type { NextConfig } from 'next';

const development = process.env.NODE_ENV === 'development';

// Next's own inline boot scripts need 'unsafe-inline' until pages carry a nonce; everything else is this origin only.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self'${development ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'self'",
  // The sign-in with an ad platform is a redirect after a form in some browsers' eyes; its dialog is another origin.
  "form-action 'self' https://www.facebook.com",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  // `npm run verify` and `npm test` check the types of everything once; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node as they are: bundling them costs build time and breaks what they read from their own folders.
  serverExternalPackages: [
    '@ai-sdk/anthropic',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@resvg/resvg-js',
    'ai',
    'better-auth',
    'facebook-nodejs-business-sdk',
    'jstat',
    'luxon',
    'nodemailer',
    'pg',
    'pg-boss',
    'pino',
    'satori',
    'zod',
  ],
  // Ad pictures are drawn with these fonts, read by path: a host that copies only what it traced must copy them too.
  outputFileTracingIncludes: { '/api/**': ['./node_modules/@fontsource/*/files/*.woff'] },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;

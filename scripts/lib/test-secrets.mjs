/** Values that stand in for the secrets of a real installation. They protect nothing. */
export const testSecrets = {
  BETTER_AUTH_SECRET: 'test-Qm7vX2kLp9sTz4wBn8cRy6dFh3gJa5eU',
  ENCRYPTION_KEY: Buffer.from('0123456789abcdef0123456789abcdef').toString('base64'),
  CRON_SECRET: 'test-cron-Vb6nM1qW8eRt5yUi0oPa3sDf',
  SIMULATOR_ADMIN_KEY: 'test-admin-Hj4kL9mN2bV7cX5z',
};

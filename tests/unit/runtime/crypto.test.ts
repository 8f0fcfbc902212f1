import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, sameSecret } from '@/lib/runtime/crypto';
import { describeError, redact } from '@/lib/runtime/log';

describe('encrypted tokens', () => {
  it('open only with the row they belong to, and only unaltered', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), fc.uuid(), fc.nat(), (plain, row, other, position) => {
        fc.pre(row !== other);
        const sealed = encrypt(plain, row);
        expect(decrypt(sealed, row)).toBe(plain);
        expect(() => decrypt(sealed, other)).toThrow();
        const [keyId, iv, tag, data] = sealed.split(':') as [string, string, string, string];
        const bytes = Buffer.from(tag, 'base64');
        bytes[position % bytes.length] = (bytes[position % bytes.length] ?? 0) ^ 1;
        expect(() => decrypt([keyId, iv, bytes.toString('base64'), data].join(':'), row)).toThrow();
      }),
      { numRuns: 50 },
    );
  });
});

describe('secrets', () => {
  it('compare closed when either side is missing', () => {
    for (const absent of [undefined, null, '']) {
      expect(sameSecret(absent, absent)).toBe(false);
      expect(sameSecret('undefined', absent)).toBe(false);
      expect(sameSecret(absent, 'secret')).toBe(false);
    }
    expect(sameSecret('secret', 'secret')).toBe(true);
  });

  it('never survive in a logged string or error', () => {
    const token = 'EAAcanary0123456789';
    const dirty = `GET https://graph/x?access_token=${token}&a=1 Authorization: Bearer ${token} key sk-ant-abc123 postgres://u:pw@h/d`;
    expect(redact(dirty)).not.toMatch(/canary|abc123|:pw@/);
    const error = new Error(dirty, { cause: new Error(dirty) });
    expect(JSON.stringify(describeError(error))).not.toMatch(/canary|abc123|:pw@/);
  });
});

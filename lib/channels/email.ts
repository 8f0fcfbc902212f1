import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { randomToken } from '../runtime/crypto';
import { env } from '../runtime/env';

export type Email = { to: string; subject: string; text: string };

/** Sends through SMTP_URL, or writes an .eml file into OUTBOX_DIR where no mail server is set. */
export async function sendEmail(email: Email): Promise<void> {
  const { SMTP_URL, MAIL_FROM, OUTBOX_DIR } = env();
  const message = { from: MAIL_FROM, ...email };
  if (SMTP_URL) {
    await createTransport(SMTP_URL).sendMail(message);
    return;
  }
  const built = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  await mkdir(OUTBOX_DIR, { recursive: true });
  const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomToken(4)}.eml`;
  await writeFile(path.join(OUTBOX_DIR, name), built.message as Buffer, { mode: 0o600 });
}

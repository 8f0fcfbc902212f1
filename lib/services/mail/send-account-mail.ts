import { sendEmail } from '../../channels/email';
import { mailWords } from '../../words/en/mail';

/** Verification and reset mails. Pretend owners have no mailbox and get none. */
export async function sendAccountMail(input: {
  kind: 'verify' | 'reset';
  to: string;
  name: string;
  url: string;
}): Promise<void> {
  if (input.to.endsWith('@pretend.aigency.test')) return;
  await sendEmail({ to: input.to, ...mailWords[input.kind]({ name: input.name, url: input.url }) });
}

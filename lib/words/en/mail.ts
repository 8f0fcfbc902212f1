import type { Role } from '../../domain/roles';
import { roleWords } from './roles';

export const mailWords = {
  verify: (p: { name: string; url: string }) => ({
    subject: 'Please confirm your e-mail address',
    text: `Hello ${p.name},\n\nplease confirm that this address is yours:\n${p.url}\n\nIf you did not sign up at Aigency, you can ignore this mail.\n`,
  }),
  reset: (p: { name: string; url: string }) => ({
    subject: 'Choose a new password',
    text: `Hello ${p.name},\n\nyou can choose a new password here:\n${p.url}\n\nThe link works for one hour. If you did not ask for it, you can ignore this mail.\n`,
  }),
  invite: (p: { inviter: string; workspace: string; role: Role; url: string }) => ({
    subject: `${p.inviter} invites you to ${p.workspace}`,
    text: `Hello,\n\n${p.inviter} would like you to join "${p.workspace}" at Aigency as ${roleWords[p.role].name.toLowerCase()}. ${roleWords[p.role].may}\n\n${p.url}\n\nThe link works for seven days. If you do not know ${p.inviter}, you can ignore this mail.\n`,
  }),
};

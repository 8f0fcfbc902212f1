/** What a form on the platform can ask. The platform fills in what it knows of the person. */
export const FORM_QUESTIONS = ['NAME', 'EMAIL', 'PHONE'] as const;
export type FormQuestion = (typeof FORM_QUESTIONS)[number];

/** A form in which people leave their details, to be published with the plan: part of what the owner approves. */
export type LeadFormDraft = {
  title: string;
  intro: string;
  questions: FormQuestion[];
  /** The owner's own privacy notice; no form may be published without one. */
  privacyPolicyUrl: string;
  thanks: { title: string; text: string };
  /** BCP 47 language of the words above. */
  language: string;
};

/** What may be said of a form; the rest is drafted. */
export type LeadFormWords = {
  title?: string;
  intro?: string;
  thanksTitle?: string;
  thanksText?: string;
  askPhone?: boolean;
};

/** The form's local key and its level in the mirror of the platform. */
export const LEAD_FORM = { level: 'leadform', localKey: 'form' } as const;

/** Our own, well inside what a phone shows of a form. Characters. */
const LONGEST = { title: 60, intro: 400, thanksTitle: 60, thanksText: 200 };

/** The first part that keeps the form from being published; null where nothing does. */
export function leadFormProblem(
  form: LeadFormDraft,
): 'form_incomplete' | 'form_too_long' | 'form_needs_privacy' | null {
  const texts: [string, number][] = [
    [form.title, LONGEST.title],
    [form.intro, LONGEST.intro],
    [form.thanks.title, LONGEST.thanksTitle],
    [form.thanks.text, LONGEST.thanksText],
  ];
  if (texts.some(([text]) => text.trim() === '')) return 'form_incomplete';
  // Somebody who leaves no way to be reached is no customer.
  if (!form.questions.includes('EMAIL') && !form.questions.includes('PHONE')) return 'form_incomplete';
  if (texts.some(([text, longest]) => [...text].length > longest)) return 'form_too_long';
  return /^https?:\/\/\S+\.\S+$/i.test(form.privacyPolicyUrl) ? null : 'form_needs_privacy';
}

/** Name and e-mail always; the phone unless the owner does not want to be given it. */
export function questionsOf(askPhone: boolean): FormQuestion[] {
  return FORM_QUESTIONS.filter((question) => question !== 'PHONE' || askPhone);
}

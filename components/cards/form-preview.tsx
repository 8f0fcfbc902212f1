import type { LeadFormDraft } from '@/lib/domain/lead-form';
import { cardWords } from '@/lib/words/en/cards';
import { Part } from './card-frame';

const words = cardWords.plan;

/** The form that is published with the plan, in the order people see it. */
export function FormPreview({ form }: { form: LeadFormDraft }) {
  const rows: [string, string][] = [
    [words.formAsks, form.questions.map((question) => words.formQuestions[question]).join(', ')],
    [words.formThanks, `${form.thanks.title}. ${form.thanks.text}`],
    [words.formPrivacy, form.privacyPolicyUrl],
  ];
  return (
    <Part title={words.formTitle} note={words.formNote}>
      <div className="rounded-xl bg-sunken px-4 py-4">
        <p className="font-medium break-words">{form.title}</p>
        <p className="mt-1 text-[0.9375rem] break-words text-ink-soft">{form.intro}</p>
        <dl className="mt-3 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
          {rows.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-faint">{label}</dt>
              <dd className="break-words max-sm:mb-2">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Part>
  );
}

import type { LeadFormDraft } from '../../domain/lead-form';

type Facts = { business: string; product: string };

/** What a form says where nobody wrote its words; read by people who press the button of an ad. */
export function formWords({ business, product }: Facts): Pick<LeadFormDraft, 'title' | 'intro' | 'thanks'> {
  const title = `Contact ${business}`;
  return {
    title: [...title].length <= 60 ? title : 'Contact us',
    intro: `Leave your details and we will get back to you about ${lower(product)}.`,
    thanks: { title: 'Thank you', text: `${business} has your details and will be in touch soon.` },
  };
}

/** "Birthday cakes" inside a sentence; "IT support" stays as it is. */
function lower(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

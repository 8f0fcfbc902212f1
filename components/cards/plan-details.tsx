import type { CampaignApprovalView } from '@/lib/domain/message';
import type { Plan, PlanAd, PlanTargeting } from '@/lib/domain/plan';
import { audienceSentence, placeSentence } from '@/lib/words/en/audience';
import { cardWords, envelopeSentences, resultWords } from '@/lib/words/en/cards';
import { formatMoney, formatMoneyRange, formatRange, type Locale } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { Part } from './card-frame';
import { FeedMock } from './feed-mock';
import { type Figure, Figures } from './figures';
import { FormPreview } from './form-preview';

const words = cardWords.plan;

/** Everything the hash covers, in the order a shop owner asks: who, what, how much, what for, what then. */
export function PlanDetails({ card }: { card: CampaignApprovalView }) {
  const { plan, spend } = card;
  const { locale } = useLocale();
  const ads = plan.adSets.flatMap((set) => set.ads);
  const reserves = plan.adSets.flatMap((set) => set.reserves);
  return (
    <>
      <Audience plan={plan} locale={locale} />
      <Part title={words.adsTitle}>
        <AdRow ads={ads} page={plan.page.name} />
        <p className="mt-3 text-sm text-ink-soft">{words.adsNote}</p>
        {reserves.length > 0 ? <Reserves ads={reserves} page={plan.page.name} /> : null}
      </Part>
      {plan.newLeadForm ? <FormPreview form={plan.newLeadForm} /> : null}
      <Part title={words.moneyTitle}>
        <Figures
          figures={[
            { label: words.money.day, value: formatMoney(spend.day, locale), strong: true },
            { label: words.money.worstDay, value: formatMoney(spend.worstDay, locale), strong: true },
            { label: words.money.week, value: formatMoney(spend.week, locale), strong: true },
            { label: words.money.month, value: formatMoney(spend.month, locale), strong: true },
          ]}
        />
        <p className="mt-3 text-sm text-ink-soft">{words.moneyNote}</p>
        <p className="mt-1 text-sm font-medium">{words.ceiling(formatMoney(plan.envelope.monthlyCeiling, locale))}</p>
        {card.monthNotes?.map((note) => (
          <p key={note} className="mt-1 text-sm text-ink-soft">
            {note}
          </p>
        ))}
      </Part>
      <Expectation plan={plan} locale={locale} />
      <Part title={words.nextTitle}>
        <ol className="grid gap-2.5">
          {words.next.map((step, index) => (
            <li key={step} className="flex gap-3 text-[0.9375rem]">
              <span
                aria-hidden="true"
                className="figures mt-0.5 grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-micro font-semibold text-ink-soft"
              >
                {index + 1}
              </span>
              {step}
            </li>
          ))}
        </ol>
      </Part>
      <Part title={words.aloneTitle} note={words.alwaysAsk}>
        <ul className="grid gap-1.5 text-[0.9375rem]">
          {envelopeSentences(plan.envelope).map((sentence) => (
            <li key={sentence} className="flex gap-3">
              <span aria-hidden="true" className="mt-2.5 h-0.5 w-3 shrink-0 bg-accent" />
              {sentence}
            </li>
          ))}
        </ul>
      </Part>
      <SmallPrint plan={plan} />
    </>
  );
}

function Audience({ plan, locale }: { plan: Plan; locale: Locale }) {
  const targetings = plan.adSets.map((set) => set.targeting);
  const say = (sentence: (targeting: PlanTargeting, locale: Locale) => string) =>
    [...new Set(targetings.map((targeting) => sentence(targeting, locale)))].join(' ');
  return (
    <dl className="mt-1 grid gap-4 sm:grid-cols-2">
      <div>
        <dt className="text-micro text-ink-faint">{words.who}</dt>
        <dd className="text-[0.9375rem]">{say(audienceSentence)}</dd>
      </div>
      <div>
        <dt className="text-micro text-ink-faint">{words.where}</dt>
        <dd className="text-[0.9375rem]">
          {say(placeSentence)}
          <span className="block text-ink-soft">{plan.instagramId ? words.whereBoth : words.whereFacebook}</span>
        </dd>
      </div>
    </dl>
  );
}

/** Side by side; on a narrow screen the next one peeks in from the edge, and the row scrolls by keyboard as well. */
function AdRow({ ads, page }: { ads: PlanAd[]; page: string }) {
  return (
    <ul
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling row has to be reachable by keyboard
      tabIndex={0}
      aria-label={words.adsTitle}
      className="-mx-5 flex snap-x snap-mandatory scroll-px-5 gap-3 overflow-x-auto px-5 pb-2 sm:mx-0 sm:grid sm:grid-cols-3 sm:overflow-visible sm:px-0"
    >
      {ads.map((ad) => (
        <li
          key={ad.key}
          className="w-[16.5rem] shrink-0 snap-start sm:row-span-2 sm:grid sm:w-auto sm:grid-rows-subgrid"
        >
          <FeedMock ad={ad} page={page} inRow />
        </li>
      ))}
    </ul>
  );
}

function Reserves({ ads, page }: { ads: PlanAd[]; page: string }) {
  return (
    <details className="mt-3 rounded-xl bg-sunken px-4">
      <summary className="target flex items-center py-2.5 text-sm font-medium">{words.reserves(ads.length)}</summary>
      <p className="pb-3 text-sm text-ink-soft">{words.reservesNote}</p>
      <ul className="grid gap-4 pb-4 sm:grid-cols-2">
        {ads.map((ad) => (
          <li key={ad.key}>
            <FeedMock ad={ad} page={page} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Expectation({ plan, locale }: { plan: Plan; locale: Locale }) {
  const { projection, goal } = plan;
  const result = resultWords[goal];
  const figures: Figure[] = [
    ...(projection.results
      ? [{ label: capital(result.many), value: formatRange(projection.results, locale), strong: true }]
      : []),
    ...(projection.costPerResult
      ? [{ label: result.each, value: formatMoneyRange(projection.costPerResult, locale) }]
      : []),
    { label: words.clicks, value: formatRange(projection.clicks, locale) },
    { label: words.reach, value: formatRange(projection.reach, locale) },
  ];
  const basis = projection.basis.kind === 'own-history' ? words.basisOwn(projection.basis.days) : words.basisSimilar;
  return (
    <Part title={words.expectTitle(projection.days)}>
      <Figures figures={figures} columns={2} />
      <p className="mt-3 text-sm text-ink-soft">{projection.results ? basis : `${words.noResults} ${basis}`}</p>
    </Part>
  );
}

function SmallPrint({ plan }: { plan: Plan }) {
  const links = [...new Set(plan.adSets.flatMap((set) => [...set.ads, ...set.reserves]).map((ad) => ad.linkUrl))];
  const rows: [string, string][] = [
    [words.paidFrom, plan.account.name],
    [words.page, plan.page.name],
    [words.leadsTo, links.map((link) => link ?? opensHere(plan)).join(', ')],
    ...(plan.dsa ? [[words.payer, plan.dsa.payor] satisfies [string, string]] : []),
    [
      words.special,
      plan.specialAdCategories.length > 0 ? plan.specialAdCategories.map(plainCategory).join(', ') : words.noSpecial,
    ],
  ];
  return (
    <details className="mt-6 border-t border-line pt-2">
      <summary className="target flex items-center py-2 text-sm font-medium text-ink-soft">{words.smallPrint}</summary>
      <dl className="grid gap-x-4 gap-y-1 pt-1 text-sm sm:grid-cols-[auto_1fr]">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-faint">{label}</dt>
            <dd className="break-words max-sm:mb-2">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function opensHere({ leadForm, newLeadForm }: Plan): string {
  if (newLeadForm) return words.opensNewForm;
  return leadForm ? words.opensForm(leadForm.name) : words.opensMessages;
}

function plainCategory(category: string): string {
  return words.specialKinds[category] ?? words.specialOther;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

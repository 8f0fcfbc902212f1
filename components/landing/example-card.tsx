import { landingWords } from '@/lib/words/en/landing';
import { FeedFrame } from '../cards/feed-frame';

const words = landingWords.exampleCard;

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-micro text-ink-faint">{label}</dt>
      <dd className="figures text-xl font-semibold tracking-tight">{value}</dd>
    </div>
  );
}

/** What an approval looks like, drawn without a single control: an example, and it says so. */
export function ExampleCard() {
  return (
    <figure className="relative">
      <div className="rounded-[1.75rem] border border-line bg-surface p-5 shadow-lift sm:p-7">
        <p className="text-micro font-medium text-ink-faint">{words.shop}</p>
        <p className="mt-1 text-xl font-semibold tracking-tight">{words.heading}</p>
        <div className="mt-5 grid gap-5 sm:grid-cols-[minmax(0,11.5rem)_1fr]">
          <FeedFrame
            page="Padaria da Ana"
            text={words.adText}
            headline={words.adHeadline}
            button={words.adButton}
            picture={<CakePicture />}
          />
          <div className="grid content-start gap-4">
            <div>
              <p className="text-micro text-ink-faint">{words.who}</p>
              <p className="text-[0.9375rem]">{words.whoValue}</p>
            </div>
            <dl className="grid grid-cols-3 gap-2 border-y border-line py-3">
              <Figure label={words.day} value={words.dayValue} />
              <Figure label={words.worst} value={words.worstValue} />
              <Figure label={words.month} value={words.monthValue} />
            </dl>
            <div>
              <p className="text-micro text-ink-faint">{words.expect}</p>
              <p className="text-lg font-semibold tracking-tight">{words.expectValue}</p>
              <p className="mt-1 text-sm text-ink-soft">{words.basis}</p>
            </div>
            <div aria-hidden="true" className="flex flex-wrap gap-2">
              <span className="rounded-control bg-accent px-3.5 py-2.5 text-sm font-medium text-on-accent">
                {words.approve}
              </span>
              <span className="rounded-control border border-line-strong/60 px-3.5 py-2.5 text-sm font-medium">
                {words.change}
              </span>
            </div>
          </div>
        </div>
      </div>
      <figcaption className="mt-3 text-center text-micro text-ink-faint">
        {landingWords.example}. {words.caption}
      </figcaption>
    </figure>
  );
}

/** A drawn cake: nothing is borrowed from anybody's shop. */
function CakePicture() {
  return (
    <svg aria-hidden="true" viewBox="0 0 200 200" className="block w-full">
      <rect width="200" height="200" fill="#f4d9c2" />
      <circle cx="154" cy="46" r="70" fill="#f8e7d6" />
      <rect x="28" y="150" width="144" height="8" rx="4" fill="#b77f5a" />
      <path d="M46 104h108v46H46z" fill="#fff6ea" />
      <path d="M46 104h108v14c-9 8-18 8-27 0-9 8-18 8-27 0-9 8-18 8-27 0-9 8-18 8-27 0z" fill="#d9744f" />
      <path d="M66 74h68v30H66z" fill="#fff6ea" />
      <path d="M66 74h68v10c-7 6-11 6-17 0-6 6-11 6-17 0-6 6-11 6-17 0-6 6-11 6-17 0z" fill="#d9744f" />
      {[82, 100, 118].map((x) => (
        <g key={x}>
          <rect x={x - 2} y="54" width="4" height="20" rx="2" fill="#0f5b45" />
          <path d={`M${x} 42c4 5 4 9 0 11-4-2-4-6 0-11z`} fill="#e9a23b" />
        </g>
      ))}
    </svg>
  );
}

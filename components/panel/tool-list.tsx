import { panelWords } from '@/lib/words/en/panel';

const words = panelWords.tools;

/** Things one can ask for. A press writes into the message box; sending stays with the owner. */
export function ToolList({ onAsk }: { onAsk: (prompt: string) => void }) {
  return (
    <>
      <p className="mb-3 px-1 text-sm text-ink-soft">{words.lead}</p>
      <ul className="grid gap-1.5">
        {words.list.map((tool) => (
          <li key={tool.title}>
            <button
              type="button"
              onClick={() => onAsk(tool.prompt)}
              className="target grid w-full gap-0.5 rounded-xl border border-line bg-surface px-4 py-3 text-start transition-colors hover:border-accent hover:bg-accent-soft"
            >
              <span className="text-[0.9375rem] font-medium">{tool.title}</span>
              <span className="text-sm text-ink-soft">{tool.body}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

'use client';
import { Plus } from 'lucide-react';
import { type ComponentProps, type FormEvent, useState } from 'react';
import type { Problem } from '@/lib/domain/views';
import { dashboardWords as words } from '@/lib/words/en/dashboard';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { call } from '../wire/send';

/** Asks for the name only; everything else is a conversation. */
export function NewProject({ look = 'primary', size }: Pick<ComponentProps<typeof Button>, 'look' | 'size'>) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (!name) return;
    setBusy(true);
    setProblem(null);
    const answer = await call<{ projectId: string }>('POST', '/api/projects', { name });
    if (answer.ok) return window.location.assign(`/chat/${answer.data.projectId}`);
    setProblem(answer.problem);
    setBusy(false);
  }

  return (
    <>
      <Button look={look} size={size} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" />
        {words.newProject}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={words.newProjectTitle} description={words.newProjectLead}>
        <form onSubmit={create} className="grid gap-5 pt-2">
          <Field
            label={words.businessName}
            name="name"
            required
            maxLength={80}
            autoComplete="organization"
            hint={words.businessNameHint}
          />
          {problem ? <ProblemNote problem={problem} /> : null}
          <Button type="submit" size="large" busy={busy}>
            {words.create}
          </Button>
        </form>
      </Dialog>
    </>
  );
}

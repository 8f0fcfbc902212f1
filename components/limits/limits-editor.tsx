'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { changeFromForm, type Limits, type LimitsProblem, limitsForm, NUMBER_CHOICES } from '@/lib/domain/limits-form';
import type { PolicyField } from '@/lib/domain/policy-change';
import type { Problem } from '@/lib/domain/views';
import { limitsWords as words } from '@/lib/words/en/admin';
import type { PolicyLine } from '@/lib/words/en/policy';
import { ProblemNote } from '../shell/problem-note';
import { useAnnouncer } from '../ui/announcer';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Select } from '../ui/select';
import { call } from '../wire/send';
import { GROUP_NAMES, LIMIT_GROUPS, LimitsLines } from './limits-lines';

type LimitsEditorProps = { projectId: string; limits: Limits; lines: readonly PolicyLine[]; mayChange: boolean };

/** The limits to read; one press turns them into boxes, and what differs becomes a card. Nothing is changed here itself. */
export function LimitsEditor({ projectId, limits, lines, mayChange }: LimitsEditorProps) {
  const router = useRouter();
  const { announce } = useAnnouncer();
  const [editing, setEditing] = useState(false);
  const [form, setForm] = useState(limitsForm(limits));
  const [problems, setProblems] = useState<LimitsProblem[]>([]);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (field: PolicyField) => (value: string) => setForm((now) => ({ ...now, [field]: value }));

  async function ask(event: FormEvent) {
    event.preventDefault();
    const read = changeFromForm(form, limits);
    setProblems(read.problems);
    setRefused(null);
    setNote(Object.keys(read.change).length === 0 && read.problems.length === 0 ? words.nothing : null);
    if (read.problems.length > 0 || Object.keys(read.change).length === 0) return;
    setBusy(true);
    const answer = await call('POST', `/api/projects/${projectId}/policy`, {
      conversationId: null,
      change: read.change,
    });
    setBusy(false);
    if (!answer.ok) return setRefused(answer.problem);
    setEditing(false);
    announce(words.asked);
    setNote(words.asked);
    router.refresh();
    return window.scrollTo({ top: 0, behavior: 'smooth' });
  }

  if (!editing)
    return (
      <div className="grid gap-6">
        {note ? (
          <p role="status" className="rounded-xl bg-accent-soft px-4 py-3 text-sm text-accent">
            {note}
          </p>
        ) : null}
        <LimitsLines lines={lines} />
        {mayChange ? (
          <div>
            <Button
              look="secondary"
              onClick={() => {
                setForm(limitsForm(limits));
                setProblems([]);
                setNote(null);
                setEditing(true);
              }}
            >
              {words.change}
            </Button>
          </div>
        ) : (
          <p className="text-sm text-ink-faint">{words.onlyOwner}</p>
        )}
      </div>
    );
  return (
    <form onSubmit={ask} className="grid gap-7">
      {GROUP_NAMES.map((group) => (
        <fieldset key={group} className="grid gap-4">
          <legend className="mb-1 font-semibold">{words.groups[group]}</legend>
          {LIMIT_GROUPS[group].map((field) => (
            <Box
              key={field}
              field={field}
              line={lines.find((one) => one.field === field)}
              value={form[field]}
              currency={limits.monthlyCeiling.currency}
              problem={problems.find((one) => one.field === field)?.problem ?? null}
              onChange={set(field)}
            />
          ))}
        </fieldset>
      ))}
      {refused ? <ProblemNote problem={refused} /> : null}
      {note ? (
        <p role="status" className="text-sm text-ink-soft">
          {note}
        </p>
      ) : null}
      <div className="flex flex-col gap-2.5 sm:flex-row">
        <Button type="submit" size="large" busy={busy}>
          {words.ask}
        </Button>
        <Button look="quiet" size="large" onClick={() => setEditing(false)}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

type BoxProps = {
  field: PolicyField;
  line: PolicyLine | undefined;
  value: string;
  currency: string;
  problem: LimitsProblem['problem'] | null;
  onChange: (value: string) => void;
};

function Box({ field, line, value, currency, problem, onChange }: BoxProps) {
  const label = line?.label ?? '';
  const hint = line?.hint ?? '';
  switch (field) {
    case 'monthlyCeiling':
    case 'weekCeiling':
    case 'dayCeiling':
    case 'largestRaise':
      return (
        <Field
          label={`${label} (${currency})`}
          hint={hint}
          inputMode="decimal"
          autoComplete="off"
          placeholder={field === 'monthlyCeiling' ? '' : words.noLimit}
          value={value}
          problem={problem ? words.problems[problem] : null}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'quietHours':
      return <QuietBox label={label} hint={hint} value={value} onChange={onChange} />;
    default:
      return <Select label={label} hint={hint} value={value} options={optionsOf(field, value)} onChange={onChange} />;
  }
}

type Option = { value: string; label: string };

function optionsOf(
  field: Exclude<PolicyField, 'monthlyCeiling' | 'weekCeiling' | 'dayCeiling' | 'largestRaise' | 'quietHours'>,
  value: string,
): Option[] {
  if (field === 'mode') return (['act', 'shadow'] as const).map((mode) => ({ value: mode, label: words.modes[mode] }));
  if (field === 'mayPauseBadAds' || field === 'maySwapInReserves')
    return (['true', 'false'] as const).map((choice) => ({ value: choice, label: words.alone[choice] }));
  if (field === 'literalClickRate' || field === 'literalShift' || field === 'literalFrequency')
    return (['false', 'true'] as const).map((choice) => ({ value: choice, label: words.thumb[choice] }));
  const say = {
    maxShiftPercent: words.percent,
    weekShiftPercent: words.percent,
    maxChangesPerDay: words.times,
    cooldownHours: words.hours,
  }[field];
  // What is in force may lie between our choices; it stays choosable.
  const numbers = [...new Set([...NUMBER_CHOICES[field], Number(value)])].sort((a, b) => a - b);
  return numbers.map((number) => ({ value: String(number), label: say(number) }));
}

function QuietBox({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [from = '', until = ''] = value.split('-');
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: words.quiet.clock(hour) }));
  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium">{label}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={words.quiet.from}
          value={from}
          options={[{ value: '', label: words.quiet.none }, ...hours]}
          onChange={(hour) => onChange(hour === '' ? '' : `${hour}-${until || '7'}`)}
        />
        {from === '' ? null : (
          <Select
            label={words.quiet.until}
            value={until}
            options={hours}
            onChange={(hour) => onChange(`${from}-${hour}`)}
          />
        )}
      </div>
      <p className="text-micro text-ink-faint">{hint}</p>
    </div>
  );
}

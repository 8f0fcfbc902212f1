import { html, raw } from 'hono/html';
import type { ScopeInfo } from './permissions';

export type DialogView = {
  appName: string;
  personName: string;
  /** Whether this browser was used by that person before. */
  isKnown: boolean;
  action: string;
  hidden: Record<string, string>;
  scopes: readonly (ScopeInfo & { isChecked: boolean })[];
  scenarios: readonly { value: string; label: string; isSelected: boolean }[];
};

const STYLE = `
  :root { color-scheme: light; font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
  * { box-sizing: border-box; }
  body { margin: 0; background: #f0f2f5; color: #1c1e21; line-height: 1.4; }
  header { background: #fff; border-bottom: 1px solid #dadde1; padding: 12px 20px; font-size: 15px; color: #444950; }
  header b { color: #0a58ca; letter-spacing: -0.01em; }
  main { max-width: 520px; margin: 32px auto; padding: 0 16px 48px; }
  .card { background: #fff; border-radius: 12px; box-shadow: 0 2px 14px rgba(0,0,0,.09); padding: 28px 28px 24px; }
  .faces { display: flex; align-items: center; justify-content: center; gap: 14px; margin-bottom: 16px; }
  .face { width: 56px; height: 56px; border-radius: 50%; display: grid; place-items: center; font-weight: 700; font-size: 20px; color: #fff; background: #0a58ca; }
  .face.app { border-radius: 14px; background: #1c1e21; }
  .dots { color: #8a8d91; letter-spacing: 3px; }
  h1 { font-size: 21px; text-align: center; margin: 0 0 6px; }
  p.lead { text-align: center; color: #606770; margin: 0 0 20px; font-size: 15px; }
  fieldset { border: 0; margin: 0; padding: 0; }
  legend { font-weight: 600; margin-bottom: 8px; font-size: 15px; }
  ul { list-style: none; margin: 0 0 20px; padding: 0; border: 1px solid #e4e6eb; border-radius: 10px; overflow: hidden; }
  li + li { border-top: 1px solid #e4e6eb; }
  label.row { display: flex; gap: 12px; padding: 11px 14px; cursor: pointer; align-items: flex-start; }
  label.row:hover { background: #f7f8fa; }
  label.row input { flex: none; width: 18px; height: 18px; margin-top: 2px; accent-color: #0a58ca; }
  .what { display: block; font-size: 15px; }
  .why { display: block; color: #606770; font-size: 13px; }
  button { width: 100%; font: inherit; font-weight: 600; border: 0; border-radius: 8px; padding: 12px 16px; cursor: pointer; margin-top: 8px; }
  button.go { background: #0a58ca; color: #fff; }
  button.go:hover { background: #0949a8; }
  button.no { background: #e4e6eb; color: #1c1e21; }
  button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible { outline: 3px solid #86b7fe; outline-offset: 2px; }
  details { margin-bottom: 16px; font-size: 14px; color: #606770; }
  select { font: inherit; margin-top: 8px; width: 100%; padding: 8px; border-radius: 8px; border: 1px solid #ccd0d5; background: #fff; }
  .note { font-size: 13px; color: #606770; text-align: center; margin-top: 16px; }
  .badge { display: inline-block; background: #fff3cd; color: #664d03; border-radius: 6px; padding: 2px 8px; font-size: 13px; margin-left: 8px; }
`;

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase();
}

function scenarioChoice(view: DialogView) {
  if (view.scenarios.length === 0) return '';
  return html`<details><summary>What kind of pretend business?</summary>
    <label>Business <select name="sim_scenario">${view.scenarios.map(
      (one) => html`<option value="${one.value}" ${one.isSelected ? 'selected' : ''}>${one.label}</option>`,
    )}</select></label></details>`;
}

/** The consent page. It needs no script: every choice is a form field. */
export function dialogPage(view: DialogView) {
  const first = view.personName.split(' ')[0] ?? view.personName;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><title>Log in to ${view.appName}</title><style>${raw(STYLE)}</style></head>
<body><header><b>Pretend Facebook</b><span class="badge">Simulator: no real account, no real money</span></header>
<main><form class="card" method="post" action="${view.action}">
  ${Object.entries(view.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <div class="faces"><div class="face app" aria-hidden="true">${initials(view.appName)}</div><span class="dots" aria-hidden="true">•••</span>
  <div class="face" aria-hidden="true">${initials(view.personName)}</div></div>
  <h1>${view.appName} wants access</h1>
  <p class="lead">You are logged in as <strong>${view.personName}</strong>, a pretend person.</p>
  <fieldset><legend>${view.appName} would be able to:</legend><ul>${view.scopes.map(
    (
      one,
    ) => html`<li><label class="row"><input type="checkbox" name="allow" value="${one.scope}" ${one.isChecked ? 'checked' : ''} ${one.isFixed ? 'disabled' : ''}>
      <span><span class="what">${one.label}</span><span class="why">${one.detail}</span></span></label></li>`,
  )}</ul></fieldset>
  ${view.isKnown ? '' : scenarioChoice(view)}
  <button class="go" type="submit" name="decision" value="continue">Continue as ${first}</button>
  ${view.isKnown ? html`<button class="no" type="submit" name="decision" value="other">Not ${first}? Log in as somebody new</button>${scenarioChoice(view)}` : ''}
  <button class="no" type="submit" name="decision" value="cancel">Cancel</button>
  <p class="note">You can take any of this back later in your settings.</p>
</form></main></body></html>`;
}

/** What a wrong app id or redirect address gets: a page, never a redirect. */
export function dialogErrorPage(title: string, message: string) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Error</title>
<style>${raw(STYLE)}</style></head><body><header><b>Pretend Facebook</b></header><main><div class="card"><h1>${title}</h1><p class="lead">${message}</p></div></main></body></html>`;
}

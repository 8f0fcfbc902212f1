import { updateBrief } from '../../services/briefs/update';
import { briefForModel, briefInput, patchFromInput } from './brief-input';
import { defineTool } from './tool';

export const updateBriefTool = defineTool({
  name: 'update_brief',
  description:
    'Writes facts the owner gave into the brief. Returns the brief as it stands, what is still missing, and problems: values that were not taken and must be asked again in other words.',
  inputSchema: briefInput,
  async run({ ctx, input, turn }) {
    const { patch, problems } = patchFromInput(input);
    const saved = await updateBrief(ctx, { projectId: turn.projectId, patch, source: 'owner' });
    const all = [...problems, ...saved.problems];
    return {
      ok: all.length === 0,
      brief: briefForModel(saved.draft),
      version: saved.version,
      missing: saved.missing,
      problems: all,
      complete: saved.missing.length === 0,
      changed: saved.changed,
    };
  },
});

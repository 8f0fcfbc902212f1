import type { ProjectView } from '../../domain/views';
import { type ServiceContext, transact } from '../context';
import { loadProjectViews } from './view';

/** The workspace's businesses, oldest first. */
export async function listProjects(ctx: ServiceContext): Promise<ProjectView[]> {
  return transact(ctx, (tx, inner) => loadProjectViews(tx, inner));
}

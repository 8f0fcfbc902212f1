import type { Context, Edge, NodeType } from '../graph/context';
import { requireScope } from '../validate/access';
import { readName } from '../validate/naming';
import { invalid, missing } from '../wire/errors';
import { isObject, readEnum, readInteger, readJson, readList, readText } from '../wire/params';
import { objectOf, objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { studyWindow } from '../world/study-window';
import { formatTime } from '../world/time';
import type { GraphObject, Json, JsonObject, ObjectKind } from '../world/types';
import { removeObject, touch } from './shared';

const TYPES = ['CONTINUOUS_LIFT_CONFIG', 'GEO_LIFT', 'LIFT', 'SPLIT_TEST', 'SPLIT_TEST_V2'];
const MOST_STUDIES = 100;
const MOST_CELLS = 150;
const MOST_PER_CELL = 100;
const ENTITIES = { campaigns: 'campaign', adsets: 'adset', ads: 'ad' } as const satisfies Record<string, ObjectKind>;

type Cell = { name: string; percentage: number; entities: Record<string, string[]> };

function readCells(context: Context, type: string): Cell[] {
  const cells = readList(context.params, 'cells');
  if (!cells || cells.length === 0) throw missing('cells');
  if (cells.length > MOST_CELLS) throw invalid(`A study may have at most ${MOST_CELLS} cells`);
  const read = cells.map((cell) => readCell(context, cell));
  const total = read.reduce((sum, cell) => sum + cell.percentage, 0);
  if (total !== 100) throw invalid('The treatment_percentage of all cells must add up to 100');
  if (type.startsWith('SPLIT_TEST') && read.length < 2) throw invalid('A split test needs at least two cells');
  if (type === 'SPLIT_TEST_V2' && (read.length > 5 || read.some((cell) => cell.entities.ads?.length !== 1)))
    throw invalid('A creative test has 2 to 5 cells with exactly one ad each');
  const all = read.flatMap((cell) => Object.values(cell.entities).flat());
  if (new Set(all).size !== all.length) throw invalid('An object may stand in one cell of a study only');
  return read;
}

function readCell(context: Context, cell: Json): Cell {
  if (!isObject(cell) || typeof cell.name !== 'string')
    throw invalid('Param cells must be a list of {name, treatment_percentage}');
  const percentage = Number(cell.treatment_percentage);
  if (!Number.isFinite(percentage) || percentage < 0)
    throw invalid('Param cells[treatment_percentage] must be a number');
  const entities: Record<string, string[]> = {};
  for (const [key, kind] of Object.entries(ENTITIES)) {
    const ids = Array.isArray(cell[key]) ? cell[key].map(String) : [];
    if (ids.length > MOST_PER_CELL) throw invalid(`A cell may have at most ${MOST_PER_CELL} objects`);
    const unknown = ids.find((id) => !objectOf(context.world, id, kind));
    if (unknown !== undefined) throw invalid(`Param cells[${key}] must be valid ids: ${unknown} is not`);
    if (ids.length > 0) entities[key] = ids;
  }
  return { name: cell.name, percentage, entities };
}

/**
 * What may not stand in a study. General knowledge rather than the reference: an object is in one running split test at a
 * time, and only objects of the business's own ad accounts are taken.
 */
function checkEntities(context: Context, business: GraphObject, cells: readonly Cell[], from: number): void {
  const { world, nowMs } = context;
  const wanted = cells.flatMap(({ entities }) => Object.values(entities).flat());
  const held = studies(context)
    .filter((study) => studyWindow(study).toMs > Math.max(nowMs, from))
    .flatMap((study) => cellsOf(context, study).flatMap(entitiesOf));
  const taken = wanted.find((id) => held.includes(id));
  if (taken !== undefined) throw invalid(`The object ${taken} is in another study that has not ended`);
  const foreign = wanted.find((id) => {
    const account = objectOf(world, objectOf(world, id)?.account ?? '');
    return account?.data.owner !== undefined && account.data.owner !== business.id;
  });
  if (foreign !== undefined) throw invalid(`The object ${foreign} is in no ad account of this business`);
}

/** `/{business}/ad_studies`: split tests. While one runs, its cells share the people out among themselves. */
export const businessStudies: Edge = {
  objects: (context) => {
    requireScope(context, 'business_management');
    return studies(context);
  },
  defaultFields: ['id', 'name'],
  create: (context, business) => {
    requireScope(context, 'business_management');
    const { params, world, nowMs } = context;
    const name = readName(params);
    const start = readInteger(params, 'start_time');
    const end = readInteger(params, 'end_time');
    if (start === undefined) throw missing('start_time');
    if (end === undefined) throw missing('end_time');
    if (end <= start || end * 1000 <= nowMs) throw invalid('end_time must be in the future and after start_time');
    const type = readEnum(params, 'type', TYPES) ?? 'SPLIT_TEST';
    const cells = readCells(context, type);
    const running = studies(context).filter((study) => studyWindow(study).toMs > nowMs);
    if (running.length >= MOST_STUDIES) throw invalid('Too many studies run at once');
    checkEntities(context, business, cells, start * 1000);

    const study = makeObject(world, {
      kind: 'adstudy',
      nowMs,
      data: {
        name,
        description: readText(params, 'description'),
        type,
        start_time: start,
        end_time: end,
        cooldown_start_time: readInteger(params, 'cooldown_start_time') ?? start,
        observation_end_time: readInteger(params, 'observation_end_time') ?? end,
        confidence_level: params.confidence_level,
        creative_test_config: readJson(params, 'creative_test_config'),
        created_by: { id: world.userId },
      },
    });
    for (const cell of cells)
      makeObject(world, {
        kind: 'studycell',
        nowMs,
        data: { study_id: study.id, name: cell.name, treatment_percentage: cell.percentage, ...cell.entities },
      });
    touch(context, study);
    return { id: study.id };
  },
};

function studies(context: Context): GraphObject[] {
  return objectsOf(context.world, 'adstudy').filter((study) => study.status !== 'DELETED');
}

function cellsOf(context: Context, study: GraphObject): GraphObject[] {
  return objectsOf(context.world, 'studycell').filter((cell) => cell.data.study_id === study.id);
}

function entitiesOf(cell: GraphObject): Json[] {
  return Object.keys(ENTITIES).flatMap((key) => (Array.isArray(cell.data[key]) ? cell.data[key] : []));
}

/** `act_X/ad_studies` and `/{campaign}/ad_studies`: studies in which something of theirs stands. */
export const studiesOf: Edge = {
  defaultFields: ['id', 'name'],
  objects: (context, parent) =>
    studies(context).filter((study) =>
      cellsOf(context, study).some((cell) =>
        entitiesOf(cell).some((id) => {
          const entity = objectOf(context.world, String(id));
          return entity?.account === parent.id || entity?.id === parent.id || entity?.data.campaign_id === parent.id;
        }),
      ),
    ),
};

function unix(field: string) {
  return (_context: Context, study: GraphObject) =>
    typeof study.data[field] === 'number' ? formatTime(Number(study.data[field]) * 1000, 'UTC') : undefined;
}

/** General knowledge rather than the reference: what is over stays over, and an end does not come before its start. */
function changeEnd({ nowMs }: Context, study: GraphObject, end: number): void {
  if (studyWindow(study).toMs <= nowMs) throw invalid('The study has ended');
  if (end <= Number(study.data.start_time)) throw invalid('end_time must be after start_time');
  study.data.end_time = end;
}

export const AD_STUDY: NodeType = {
  kind: 'adstudy',
  typeName: 'AdStudy',
  fields:
    `name description type start_time end_time cooldown_start_time observation_end_time canceled_time created_by created_time updated_time
    updated_by results_first_available_date confidence_level creative_test_config business sales_contact measurement_contact client_business`.split(
      /\s+/,
    ),
  defaultFields: ['id', 'name'],
  read: {
    start_time: unix('start_time'),
    end_time: unix('end_time'),
    cooldown_start_time: unix('cooldown_start_time'),
    observation_end_time: unix('observation_end_time'),
    canceled_time: unix('canceled_time'),
    created_time: (_context, study) => formatTime(study.createdMs, 'UTC'),
    updated_time: (_context, study) => formatTime(study.updatedMs, 'UTC'),
    results_first_available_date: (_context, study) =>
      formatTime(Number(study.data.start_time) * 1000 + 86_400_000, 'UTC').slice(0, 10),
  },
  edges: { cells: { objects: cellsOf, defaultFields: ['id', 'name'] } },
  update: (context, study): JsonObject => {
    requireScope(context, 'business_management');
    const { params } = context;
    if (params.name !== undefined) study.data.name = readName(params);
    const end = readInteger(params, 'end_time');
    if (end !== undefined) changeEnd(context, study, end);
    if (params.description !== undefined) study.data.description = readText(params, 'description');
    touch(context, study);
    return { success: true };
  },
  remove: (context, study) => {
    requireScope(context, 'business_management');
    study.data.canceled_time = Math.floor(context.nowMs / 1000);
    return removeObject(context, study);
  },
};

export const STUDY_CELL: NodeType = {
  kind: 'studycell',
  typeName: 'AdStudyCell',
  fields: ['name', 'treatment_percentage', 'control_percentage', 'ad_entities_count'],
  defaultFields: ['id', 'name'],
  read: {
    control_percentage: () => 0,
    ad_entities_count: (_context, cell) => entitiesOf(cell).length,
  },
  edges: Object.fromEntries(
    Object.entries(ENTITIES).map(([key, kind]): [string, Edge] => [
      key,
      {
        objects: (context, cell) =>
          entitiesOf(cell)
            .map((id) => objectOf(context.world, String(id), kind))
            .filter((one) => one !== null),
      },
    ]),
  ),
};

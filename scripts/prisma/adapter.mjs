// Prisma's Postgres adapter, corrected where the schema engine needs more of it than the client does.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { connectionFields, withDatabase } from './connection.mjs';

const charType = 18; // Postgres "char", which the adapter does not know and the engine's catalogue queries select
const textType = 25;

function corrected(adapter) {
  const pool = adapter.client;
  const query = pool.query.bind(pool);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let charColumns = [];
  pool.query = async (...args) => {
    const result = await query(...args);
    const fields = Array.isArray(result) ? [] : (result.fields ?? []);
    charColumns = fields.map((field) => field.dataTypeID === charType);
    for (const field of fields) if (field.dataTypeID === charType) field.dataTypeID = textType;
    return result;
  };
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    charColumns.forEach((isChar, index) => {
      if (isChar) result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
  // The adapter splits scripts at every semicolon, which cuts function bodies apart. The server splits correctly.
  adapter.executeScript = async (script) => {
    try {
      await query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

/** One connection (the engine's advisory lock must not be spread over a pool), and a shadow database of its own. */
export class MigrationAdapter extends PrismaPg {
  constructor(url) {
    const { fields, schema } = connectionFields(url);
    super({ max: 1, ...fields }, { schema });
    this.url = url;
  }

  async connect() {
    return corrected(await super.connect());
  }

  async connectToShadowDb() {
    const main = await super.connect();
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await main.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = await new MigrationAdapter(withDatabase(this.url, name)).connect();
    const end = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await end();
      await main.executeScript(`DROP DATABASE "${name}"`);
      await main.dispose();
    };
    return shadow;
  }
}

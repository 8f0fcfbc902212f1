-- What a write that puts a value asked for: without it a lost answer could not be looked for once nobody works on it any more.
ALTER TABLE "RemoteEffect" ADD COLUMN "request" JSONB;

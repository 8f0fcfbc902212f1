import { actionCards } from './action-cards';
import type { CardFixture } from './card-fixture';
import { launchCards } from './launch-cards';
import { reportCards } from './report-cards';
import { startCards } from './start-cards';
import { wishCards } from './wish-cards';

export type { CardFixture } from './card-fixture';

/** Every card in every state it can be seen in. */
export const cardFixtures: CardFixture[] = [
  ...launchCards,
  ...startCards,
  ...actionCards,
  ...wishCards,
  ...reportCards,
];

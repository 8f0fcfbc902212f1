/** Pages reach the environment through this room only. */
export { galleryIsOpen } from '../runtime/env';

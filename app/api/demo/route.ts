import { openPretendShop } from '@/lib/http/pretend-shop';

/** One click: an anonymous owner with a pretend shop. */
export const POST = openPretendShop;

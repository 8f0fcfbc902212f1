import fc from 'fast-check';
import { expect, it } from 'vitest';
import { missingNeeds } from '@/lib/domain/login-need';

const ALL = ['ads_management', 'ads_read', 'pages_show_list', 'pages_read_engagement'];
const NEEDS = {
  ads_management: 'create_ads',
  ads_read: 'read_numbers',
  pages_show_list: 'see_pages',
  pages_read_engagement: 'see_pages',
};

it('a login lacks exactly what the permissions left out stand for, whatever else was granted', () => {
  expect(missingNeeds(ALL)).toEqual([]);
  fc.assert(
    fc.property(
      fc.subarray(ALL),
      fc.array(fc.constantFrom('instagram_basic', 'email', 'public_profile')),
      (granted, more) => {
        const left = ALL.filter((scope) => !granted.includes(scope)) as (keyof typeof NEEDS)[];
        expect(new Set(missingNeeds([...more, ...granted]))).toEqual(new Set(left.map((scope) => NEEDS[scope])));
      },
    ),
  );
});

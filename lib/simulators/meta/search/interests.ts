import type { JsonObject } from '../world/types';

type Interest = { id: string; name: string; people: number; path: string[]; topic: string };

/** name | people in millions | path. Ids follow from the order, except where a well-known id is given. */
const CATALOGUE = `
Coffee|420|Food and drink,Beverages|6003626773307
Tea|210|Food and drink,Beverages
Bakery|160|Food and drink,Food
Bread|140|Food and drink,Food
Pastry|95|Food and drink,Food
Cakes|180|Food and drink,Food
Restaurants|610|Food and drink,Restaurants
Coffeehouses|230|Food and drink,Restaurants
Vegetarianism|150|Food and drink,Cuisine
Veganism|170|Food and drink,Cuisine
Organic food|130|Food and drink,Food
Wine|190|Food and drink,Alcoholic beverages
Beer|240|Food and drink,Alcoholic beverages
Cooking|520|Food and drink,Cooking
Recipes|430|Food and drink,Cooking
Physical fitness|540|Fitness and wellness,Fitness|6003277229371
Yoga|330|Fitness and wellness,Fitness
Running|310|Fitness and wellness,Fitness
Gyms|260|Fitness and wellness,Fitness
Weight training|220|Fitness and wellness,Fitness
Meditation|210|Fitness and wellness,Wellness
Nutrition|270|Fitness and wellness,Wellness
Beauty|640|Shopping and fashion,Beauty|6002867432822
Beauty salons|240|Shopping and fashion,Beauty
Hair products|230|Shopping and fashion,Beauty
Hairdresser|120|Shopping and fashion,Beauty
Barber|90|Shopping and fashion,Beauty
Cosmetics|480|Shopping and fashion,Beauty
Skin care|390|Shopping and fashion,Beauty
Soap|110|Shopping and fashion,Beauty
Perfume|260|Shopping and fashion,Beauty
Spas|210|Shopping and fashion,Beauty
Fashion accessories|410|Shopping and fashion,Fashion
Jewelry|350|Shopping and fashion,Fashion
Handbags|240|Shopping and fashion,Fashion
Shoes|430|Shopping and fashion,Clothing
Clothing|720|Shopping and fashion,Clothing
Children's clothing|230|Shopping and fashion,Clothing
Online shopping|780|Shopping and fashion,Shopping
Boutiques|290|Shopping and fashion,Shopping
Toys|310|Shopping and fashion,Toys
Sustainability|190|Lifestyle,Environment
Handicraft|140|Hobbies and activities,Arts and music
Do it yourself|330|Hobbies and activities,Home and garden
Gardening|260|Hobbies and activities,Home and garden
Home improvement|270|Hobbies and activities,Home and garden
Furniture|320|Hobbies and activities,Home and garden
Interior design|360|Hobbies and activities,Home and garden
Photography|480|Hobbies and activities,Arts and music
Painting|230|Hobbies and activities,Arts and music
Music|900|Hobbies and activities,Arts and music
Dance|330|Hobbies and activities,Arts and music
Reading|370|Hobbies and activities,Reading
Travel|710|Hobbies and activities,Travel|6004160395895
Hotels|390|Hobbies and activities,Travel
Beaches|310|Hobbies and activities,Travel
Camping|180|Hobbies and activities,Travel
Pets|420|Hobbies and activities,Pets
Dogs|410|Hobbies and activities,Pets|6003332344237
Cats|330|Hobbies and activities,Pets
Automobiles|560|Hobbies and activities,Vehicles
Bicycles|170|Hobbies and activities,Vehicles
Motorcycles|250|Hobbies and activities,Vehicles
Parenting|280|Family and relationships,Parenting
Motherhood|240|Family and relationships,Parenting
Weddings|290|Family and relationships,Weddings
Marriage|210|Family and relationships,Marriage
Education|510|Business and industry,Higher education
Online courses|140|Business and industry,Online
Languages|200|Business and industry,Higher education
English language|220|Business and industry,Higher education
Small business|190|Business and industry,Business|6002884511422
Entrepreneurship|350|Business and industry,Business|6003371567474
Marketing|300|Business and industry,Marketing|6003279598823
Digital marketing|180|Business and industry,Marketing
Real estate|260|Business and industry,Real estate
Personal finance|170|Business and industry,Personal finance
Insurance|120|Business and industry,Personal finance
Construction|190|Business and industry,Construction
Architecture|220|Business and industry,Architecture
Dentistry|80|Business and industry,Healthcare
Health care|210|Business and industry,Healthcare
Computers|300|Technology,Computers
Smartphones|410|Technology,Consumer electronics
Video games|520|Entertainment,Games
Movies|830|Entertainment,Movies
Association football (Soccer)|860|Sports and outdoors,Sports|6003107902433
Surfing|90|Sports and outdoors,Outdoor recreation
Swimming|180|Sports and outdoors,Sports
Tennis|170|Sports and outdoors,Sports
Golf|120|Sports and outdoors,Sports|6003510075864
`;

const INTERESTS: readonly Interest[] = CATALOGUE.trim()
  .split('\n')
  .map((line, at) => {
    const [name = '', millions = '1', path = '', id] = line.split('|');
    const steps = path.split(',');
    return {
      id: id ?? String(6003_100_000_000 + at * 7_919),
      name,
      people: Number(millions) * 1e6,
      path: ['Interests', ...steps, name],
      topic: steps[0] ?? '',
    };
  });

/** Ids outside the catalogue pass when they have the shape of a real interest id: fixtures use them. */
export function isKnownInterest(id: string): boolean {
  return INTERESTS.some((interest) => interest.id === id) || /^600[2-9]\d{9}$/.test(id);
}

/** An interest as targeting search answers it. */
export function interestBody(interest: Interest): JsonObject {
  return {
    id: interest.id,
    name: interest.name,
    type: 'interests',
    audience_size_lower_bound: Math.round(interest.people * 0.92),
    audience_size_upper_bound: Math.round(interest.people * 1.08),
    path: interest.path,
    description: '',
    topic: interest.topic,
  };
}

export function searchInterests(words: string): JsonObject[] {
  const wanted = words.trim().toLowerCase();
  const hits = INTERESTS.filter(
    ({ name, path }) => name.toLowerCase().includes(wanted) || path.some((step) => step.toLowerCase().includes(wanted)),
  );
  const byFit = [...hits].sort(
    (one, other) =>
      Number(other.name.toLowerCase().startsWith(wanted)) - Number(one.name.toLowerCase().startsWith(wanted)) ||
      other.people - one.people,
  );
  return byFit.map(interestBody);
}

/** Neighbours in the same branch of the tree. */
export function suggestInterests(names: readonly string[]): JsonObject[] {
  const known = INTERESTS.filter(({ name, id }) =>
    names.some((one) => one.toLowerCase() === name.toLowerCase() || one === id),
  );
  return INTERESTS.filter((one) => !known.includes(one) && known.some((other) => other.path[2] === one.path[2])).map(
    interestBody,
  );
}

export function validateInterests(names: readonly string[]): JsonObject[] {
  return names.map((name) => {
    const found = INTERESTS.find((one) => one.name.toLowerCase() === name.toLowerCase() || one.id === name);
    return found ? { ...interestBody(found), valid: true } : { name, valid: false };
  });
}

export function allInterests(): JsonObject[] {
  return INTERESTS.map(interestBody);
}

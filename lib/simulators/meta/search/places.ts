import type { JsonObject } from '../world/types';

type Place = {
  key: string;
  name: string;
  type: 'country' | 'region' | 'city' | 'zip' | 'geo_market';
  country: string;
  region?: string;
  regionId?: number;
  city?: string;
};

const COUNTRIES: Record<string, string> = {
  PT: 'Portugal',
  ES: 'Spain',
  FR: 'France',
  DE: 'Germany',
  IT: 'Italy',
  GB: 'United Kingdom',
  IE: 'Ireland',
  NL: 'Netherlands',
  BE: 'Belgium',
  AT: 'Austria',
  CH: 'Switzerland',
  PL: 'Poland',
  SE: 'Sweden',
  DK: 'Denmark',
  NO: 'Norway',
  FI: 'Finland',
  GR: 'Greece',
  LU: 'Luxembourg',
  US: 'United States',
  CA: 'Canada',
  MX: 'Mexico',
  BR: 'Brazil',
  AR: 'Argentina',
  CL: 'Chile',
  CO: 'Colombia',
  PE: 'Peru',
  UY: 'Uruguay',
  JP: 'Japan',
  KR: 'South Korea',
  IN: 'India',
  AU: 'Australia',
  NZ: 'New Zealand',
  AO: 'Angola',
  MZ: 'Mozambique',
  CV: 'Cape Verde',
  ZA: 'South Africa',
};

/** country: city/region pairs. Bogotá and Cartagena keep their real keys. */
const CITIES = `
PT: Lisbon/Lisbon District, Porto/Porto District, Braga/Braga District, Coimbra/Coimbra District, Faro/Faro District, Aveiro/Aveiro District, Setúbal/Setúbal District, Évora/Évora District, Leiria/Leiria District, Viseu/Viseu District, Funchal/Madeira, Cascais/Lisbon District, Sintra/Lisbon District, Almada/Setúbal District, Guimarães/Braga District, Matosinhos/Porto District, Vila Nova de Gaia/Porto District
ES: Madrid/Comunidad de Madrid, Barcelona/Cataluña, Valencia/Comunidad Valenciana, Seville/Andalucía, Vigo/Galicia, Bilbao/País Vasco, Málaga/Andalucía
FR: Paris/Île-de-France, Lyon/Auvergne-Rhône-Alpes, Marseille/Provence-Alpes-Côte d'Azur, Bordeaux/Nouvelle-Aquitaine
DE: Berlin/Berlin, Munich/Bayern, Hamburg/Hamburg, Cologne/Nordrhein-Westfalen, Frankfurt/Hessen
IT: Rome/Lazio, Milan/Lombardia, Naples/Campania, Turin/Piemonte
GB: London/England, Manchester/England, Edinburgh/Scotland, Bristol/England
IE: Dublin/Leinster, Cork/Munster
NL: Amsterdam/Noord-Holland, Rotterdam/Zuid-Holland
US: New York/New York, Los Angeles/California, Chicago/Illinois, Austin/Texas, Miami/Florida, Seattle/Washington, Boston/Massachusetts, Denver/Colorado, Portland/Oregon
CA: Toronto/Ontario, Vancouver/British Columbia, Montreal/Quebec
BR: São Paulo/São Paulo, Rio de Janeiro/Rio de Janeiro, Belo Horizonte/Minas Gerais, Curitiba/Paraná, Porto Alegre/Rio Grande do Sul, Recife/Pernambuco
MX: Mexico City/Distrito Federal, Guadalajara/Jalisco, Monterrey/Nuevo León
AR: Buenos Aires/Ciudad Autónoma de Buenos Aires, Córdoba/Córdoba
CL: Santiago/Región Metropolitana de Santiago
CO: Bogotá/Cundinamarca#458130, Cartagena/Bolívar#459425, Medellín/Antioquia
JP: Tokyo/Tokyo, Osaka/Osaka, Kyoto/Kyoto, Yokohama/Kanagawa, Sapporo/Hokkaido
AU: Sydney/New South Wales, Melbourne/Victoria
`;

/** country: code/city of postal codes. */
const ZIPS = `
US: 90210/Beverly Hills, 90211/Beverly Hills, 90001/Los Angeles, 90265/Malibu, 10001/New York, 10011/New York, 60601/Chicago, 33101/Miami, 98101/Seattle, 02108/Boston
PT: 1100-148/Lisbon, 4000-322/Porto
DE: 10115/Berlin, 80331/Munich
GB: SW1A/London, M1/Manchester
`;

const MARKETS =
  '501 New York, 803 Los Angeles, 602 Chicago, 635 Austin, 528 Miami, 819 Seattle, 506 Boston, 751 Denver';

const PLACES = [...buildPlaces(), ...buildZips(), ...buildMarkets()];

function buildMarkets(): Place[] {
  return MARKETS.split(', ').map((entry): Place => {
    const [code = '', ...words] = entry.split(' ');
    return { key: `DMA:${code}`, name: words.join(' '), type: 'geo_market', country: 'US' };
  });
}

function buildZips(): Place[] {
  return ZIPS.trim()
    .split('\n')
    .flatMap((line) => {
      const [country = '', codes = ''] = line.split(': ');
      return codes.split(', ').map((entry): Place => {
        const [name = '', city] = entry.split('/');
        return { key: `${country}:${name}`, name, type: 'zip', country, city };
      });
    });
}

function buildPlaces(): Place[] {
  const places: Place[] = Object.entries(COUNTRIES).map(([key, name]) => ({
    key,
    name,
    type: 'country',
    country: key,
  }));
  const regions = new Map<string, Place>();
  let nextCity = 2_400_001;
  let nextRegion = 3_801;

  for (const line of CITIES.trim().split('\n')) {
    const [country = '', names = ''] = line.split(': ');
    for (const entry of names.split(', ')) {
      const [city = '', rest = ''] = entry.split('/');
      const [regionName = '', key] = rest.split('#');
      const region = regions.get(`${country}/${regionName}`) ?? {
        key: String(nextRegion++),
        name: regionName,
        type: 'region',
        country,
      };
      regions.set(`${country}/${regionName}`, region);
      places.push({
        key: key ?? String(nextCity++),
        name: city,
        type: 'city',
        country,
        region: regionName,
        regionId: Number(region.key),
      });
    }
  }
  return [...places, ...regions.values()];
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/[̀-ͯ]/g, '').toLowerCase();
}

const HAS_NO_PARTS = new Set(['zip', 'geo_market']);

function placeBody(place: Place): JsonObject {
  return {
    key: place.key,
    name: place.name,
    type: place.type,
    country_code: place.country,
    country_name: COUNTRIES[place.country] ?? place.country,
    ...(place.region ? { region: place.region, region_id: place.regionId } : {}),
    ...(place.city ? { primary_city: place.city } : {}),
    supports_region: !HAS_NO_PARTS.has(place.type),
    supports_city: !HAS_NO_PARTS.has(place.type),
  };
}

type PlaceQuery = { words: string; types?: readonly string[]; country?: string };

/** Geo search: by name, without accents, optionally inside one country. */
export function searchPlaces({ words, types, country }: PlaceQuery): JsonObject[] {
  const wanted = plain(words);
  return PLACES.filter((place) => {
    if (types && types.length > 0 && !types.includes(place.type)) return false;
    if (country && place.country !== country.toUpperCase()) return false;
    return plain(place.name).includes(wanted) || (place.type === 'country' && place.key.toLowerCase() === wanted);
  })
    .sort((one, other) => Number(plain(other.name).startsWith(wanted)) - Number(plain(one.name).startsWith(wanted)))
    .map(placeBody);
}

/** The country a place key lies in, when the key is known. */
export function countryOfKey(key: string): string | undefined {
  return PLACES.find((place) => place.key === key)?.country;
}

export function placeByKey(key: string): JsonObject | undefined {
  const found = PLACES.find((place) => place.key === key);
  return found ? placeBody(found) : undefined;
}

export function searchCountries(words: string): JsonObject[] {
  return searchPlaces({ words, types: ['country'] });
}

/** Countries with their names as owners write them, their money, and their larger towns. */
type Country = { code: string; currency: string; names: string[]; towns: string[] };

const TABLE = `
PT EUR|Portugal|Lisbon Lisboa Porto Oporto Braga Coimbra Faro Aveiro Setúbal Évora Guimarães Leiria Viseu Funchal Cascais Sintra Matosinhos Gaia Almada Albufeira Lagos Viana_do_Castelo Vila_Nova_de_Gaia Ericeira Nazaré Peniche Óbidos Portimão Tavira Olhão Loulé Vilamoura Silves Sagres Beja Santarém Tomar Castelo_Branco Covilhã Guarda Bragança Vila_Real Chaves Amarante Penafiel Gondomar Maia Valongo Póvoa_de_Varzim Vila_do_Conde Barcelos Famalicão Vila_Nova_de_Famalicão Esposende Ponte_de_Lima Caminha Espinho Ovar Santa_Maria_da_Feira São_João_da_Madeira Ílhavo Figueira_da_Foz Caldas_da_Rainha Torres_Vedras Mafra Loures Odivelas Amadora Oeiras Estoril Barreiro Montijo Seixal Sesimbra Palmela Elvas Portalegre Fátima Ponta_Delgada Angra_do_Heroísmo Rio_Tinto Ermesinde Leça_da_Palmeira
ES EUR|Spain España|Madrid Barcelona Valencia Seville Sevilla Zaragoza Málaga Malaga Bilbao Alicante Córdoba Valladolid Vigo Gijón Granada Murcia Palma Salamanca San_Sebastián Santander Toledo Cádiz Marbella Girona Tarragona Las_Palmas
FR EUR|France|Paris Marseille Lyon Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Reims Grenoble Dijon Angers Nîmes Toulon Cannes Avignon Annecy Tours
DE EUR|Germany Deutschland|Berlin Hamburg Munich München Cologne Köln Frankfurt Stuttgart Düsseldorf Dortmund Essen Leipzig Bremen Dresden Hanover Hannover Nuremberg Nürnberg Bonn Münster Mannheim Karlsruhe Augsburg Freiburg Heidelberg Potsdam
IT EUR|Italy Italia|Rome Roma Milan Milano Naples Napoli Turin Torino Palermo Genoa Bologna Florence Firenze Bari Catania Venice Venezia Verona Padua Trieste Pisa Bergamo Lecce Siena
NL EUR|Netherlands Holland The_Netherlands|Amsterdam Rotterdam The_Hague Utrecht Eindhoven Groningen Tilburg Almere Breda Nijmegen Haarlem Leiden Delft Maastricht
BE EUR|Belgium|Brussels Antwerp Ghent Bruges Liège Leuven Namur Charleroi Mechelen
AT EUR|Austria Österreich|Vienna Wien Graz Linz Salzburg Innsbruck Klagenfurt
IE EUR|Ireland|Dublin Cork Galway Limerick Waterford Kilkenny
FI EUR|Finland|Helsinki Espoo Tampere Turku Oulu
GR EUR|Greece|Athens Thessaloniki Patras Heraklion Rhodes
LU EUR|Luxembourg|Luxembourg_City
SK EUR|Slovakia|Bratislava Košice
SI EUR|Slovenia|Ljubljana Maribor
EE EUR|Estonia|Tallinn Tartu
LV EUR|Latvia|Riga
LT EUR|Lithuania|Vilnius Kaunas
HR EUR|Croatia|Zagreb Split Rijeka Dubrovnik
MT EUR|Malta|Valletta Sliema
CY EUR|Cyprus|Nicosia Limassol
GB GBP|United_Kingdom UK U.K. England Scotland Wales Northern_Ireland Great_Britain Britain|London Manchester Birmingham Leeds Glasgow Liverpool Bristol Sheffield Edinburgh Cardiff Leicester Nottingham Newcastle Brighton Belfast Southampton Plymouth Oxford Cambridge York Bath Exeter Norwich Reading Aberdeen Dundee Swansea Coventry Hull Derby Bournemouth Cheltenham Canterbury
US USD|United_States USA U.S.A. U.S. the_US America|New_York NYC Brooklyn Queens Manhattan Los_Angeles Chicago Houston Phoenix Philadelphia San_Antonio San_Diego Dallas Austin San_Jose Fort_Worth Jacksonville Columbus Charlotte Indianapolis San_Francisco Seattle Denver Washington Nashville Oklahoma_City Boston El_Paso Portland Las_Vegas Detroit Memphis Louisville Baltimore Milwaukee Albuquerque Tucson Fresno Sacramento Atlanta Kansas_City Miami Oakland Minneapolis Tampa New_Orleans Cleveland Honolulu Pittsburgh Cincinnati Orlando St._Louis Salt_Lake_City Boise Buffalo Madison Savannah Charleston Asheville Santa_Fe Richmond Raleigh Omaha Anchorage
CA CAD|Canada|Toronto Montreal Montréal Vancouver Calgary Edmonton Ottawa Winnipeg Quebec_City Hamilton_Ontario Halifax Regina Saskatoon Mississauga Kelowna
AU AUD|Australia|Sydney Melbourne Brisbane Perth Adelaide Gold_Coast Canberra Hobart Darwin Geelong Cairns Wollongong
NZ NZD|New_Zealand|Auckland Wellington Christchurch Dunedin Queenstown Tauranga
CH CHF|Switzerland Schweiz Suisse|Zurich Zürich Geneva Genève Basel Bern Lausanne Lucerne Luzern Lugano Winterthur
SE SEK|Sweden Sverige|Stockholm Gothenburg Göteborg Malmö Uppsala Lund
NO NOK|Norway Norge|Oslo Bergen Trondheim Stavanger Tromsø
DK DKK|Denmark Danmark|Copenhagen København Aarhus Odense Aalborg
PL PLN|Poland Polska|Warsaw Warszawa Kraków Krakow Wrocław Wroclaw Poznań Poznan Gdańsk Gdansk Łódź Lodz Katowice Lublin
CZ CZK|Czechia Czech_Republic|Prague Praha Brno Ostrava Plzeň
HU HUF|Hungary|Budapest Debrecen Szeged
RO RON|Romania|Bucharest București Cluj Cluj-Napoca Timișoara Iași Brașov
TR TRY|Turkey Türkiye|Istanbul Ankara Izmir Antalya Bursa
IL ILS|Israel|Tel_Aviv Jerusalem Haifa
AE AED|United_Arab_Emirates UAE Emirates|Dubai Abu_Dhabi Sharjah
SA SAR|Saudi_Arabia|Riyadh Jeddah
IN INR|India|Mumbai Delhi New_Delhi Bangalore Bengaluru Hyderabad Chennai Kolkata Pune Ahmedabad Jaipur Goa Kochi
JP JPY|Japan|Tokyo Osaka Kyoto Yokohama Nagoya Sapporo Fukuoka Kobe Hiroshima Sendai Nara
KR KRW|South_Korea Korea|Seoul Busan Incheon Daegu
CN CNY|China|Shanghai Beijing Shenzhen Guangzhou Chengdu
TW TWD|Taiwan|Taipei Kaohsiung Taichung
HK HKD|Hong_Kong|Kowloon
SG SGD|Singapore|
MY MYR|Malaysia|Kuala_Lumpur Penang Johor_Bahru
TH THB|Thailand|Bangkok Chiang_Mai Phuket
ID IDR|Indonesia|Jakarta Bali Bandung Surabaya
PH PHP|Philippines|Manila Cebu Davao Quezon_City
VN VND|Vietnam|Hanoi Ho_Chi_Minh_City Saigon Da_Nang
BR BRL|Brazil Brasil|São_Paulo Sao_Paulo Rio_de_Janeiro Rio Brasília Brasilia Salvador Fortaleza Belo_Horizonte Curitiba Recife Porto_Alegre Florianópolis
MX MXN|Mexico México|Mexico_City Guadalajara Monterrey Puebla Tijuana Cancún Cancun Mérida Oaxaca
AR ARS|Argentina|Buenos_Aires Rosario Mendoza
CL CLP|Chile|Santiago Valparaíso
CO COP|Colombia|Bogotá Bogota Medellín Medellin Cali Cartagena
PE PEN|Peru|Lima Cusco Arequipa
ZA ZAR|South_Africa|Cape_Town Johannesburg Durban Pretoria
NG NGN|Nigeria|Lagos_Nigeria Abuja Ibadan Port_Harcourt
KE KES|Kenya|Nairobi Mombasa Kisumu
GH GHS|Ghana|Accra Kumasi
EG EGP|Egypt|Cairo Alexandria Giza
MA MAD|Morocco|Casablanca Marrakech Marrakesh Rabat
IS ISK|Iceland|Reykjavik Reykjavík`;

const COUNTRIES: Country[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [head = '', names = '', towns = ''] = line.split('|');
    const [code = '', currency = ''] = head.split(' ');
    const words = (list: string) =>
      list
        .split(' ')
        .filter(Boolean)
        .map((word) => word.replaceAll('_', ' '));
    return { code, currency, names: words(names), towns: words(towns) };
  });

const US_STATES =
  'Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming'.split(
    '|',
  );
const CANADA_PARTS = 'Ontario|Quebec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|New Brunswick'.split(
  '|',
);

/** Words that are towns but far more often something else in a sentence about a business. */
const NEEDS_PREPOSITION = new Set([
  'bath',
  'reading',
  'nice',
  'tours',
  'split',
  'cork',
  'hull',
  'rio',
  'bari',
  'cali',
  'essen',
  'gaia',
  'faro',
  'goa',
  'bergen',
  'phoenix',
  'regina',
  'lund',
  'bonn',
  'lima',
  'derby',
  'mobile',
  'palma',
  'madison',
  'maia',
  'chaves',
  'guarda',
  'silves',
  'espinho',
  'savannah',
  'charlotte',
  'austin',
  'florence',
  'rhodes',
  'victoria',
  'washington',
  'turkey',
  'chile',
  'jordan',
  'queens',
]);

export type FoundPlace = {
  name: string;
  country: string | null;
  kind: 'town' | 'country' | 'region';
  index: number;
  end: number;
};
type Known = { name: string; country: string; kind: FoundPlace['kind'] };

const fold = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ø/g, 'o').replace(/ł/g, 'l').toLowerCase();
const KNOWN = new Map<string, Known>();
for (const country of COUNTRIES) {
  for (const name of country.names)
    KNOWN.set(fold(name), { name: country.names[0] ?? name, country: country.code, kind: 'country' });
  for (const town of country.towns)
    if (!KNOWN.has(fold(town))) KNOWN.set(fold(town), { name: town, country: country.code, kind: 'town' });
}
for (const state of US_STATES) KNOWN.set(fold(state), { name: state, country: 'US', kind: 'region' });
for (const part of CANADA_PARTS) KNOWN.set(fold(part), { name: part, country: 'CA', kind: 'region' });

const NAMES = [...KNOWN.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const ANY_KNOWN = new RegExp(`(?<![\\p{L}\\d-])(?:${NAMES.join('|')})(?![\\p{L}\\d-])`, 'giu');

/** Places this helper knows by name, in order of appearance. */
export function findPlaces(text: string): FoundPlace[] {
  const folded = foldKeepingLength(text);
  const found: FoundPlace[] = [];
  for (const match of folded.matchAll(ANY_KNOWN)) {
    const known = KNOWN.get(match[0].toLowerCase());
    if (!known) continue;
    const before = folded.slice(0, match.index);
    const prepared =
      /(?:\b(?:in|near|around|from|at|of|across|within|serving|outside|to|based|over|throughout|also|add|plus|not|without)\s+(?:the\s+)?(?:all of\s+|whole of\s+|central\s+|downtown\s+|north(?:ern)?\s+|south(?:ern)?\s+|east(?:ern)?\s+|west(?:ern)?\s+)?|,\s*|^\s*)$/i.test(
        before,
      );
    if (NEEDS_PREPOSITION.has(match[0].toLowerCase()) && !prepared) continue;
    found.push({
      name: properName(text.slice(match.index, match.index + match[0].length), known),
      country: known.country,
      kind: known.kind,
      index: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

/** One character for one, so that places keep their positions. */
function foldKeepingLength(text: string): string {
  return [...text]
    .map((character) => {
      const folded = fold(character);
      return folded.length === character.length ? folded : character;
    })
    .join('');
}

function properName(written: string, known: Known): string {
  return known.kind === 'country' || written === written.toLowerCase() || written === written.toUpperCase()
    ? known.name
    : written;
}

export function countryByCode(code: string | null | undefined): Country | null {
  return COUNTRIES.find((country) => country.code === code) ?? null;
}

/** The money of a country, for an amount said without one. */
export function currencyOfCountry(code: string | null | undefined): string | null {
  return countryByCode(code)?.currency ?? null;
}

/** "$" means the money of a dollar country, American dollars elsewhere. */
export function dollarOfCountry(code: string | null | undefined): string {
  const currency = currencyOfCountry(code);
  return currency && ['CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP', 'TWD'].includes(currency)
    ? currency
    : 'USD';
}

/** "in the United Kingdom", but "in Portugal". */
export function withArticle(place: string): string {
  return /^(?:United|Netherlands|Philippines|Czech Republic)\b/.test(place) ? `the ${place}` : place;
}

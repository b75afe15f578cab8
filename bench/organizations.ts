/**
 * Made-up organizations, each following from its number alone, so that every process and every run makes
 * the same ones. Words are chosen with a Zipf-like distribution, as in real registers: a few words are
 * in very many names, most in few.
 */

/** What a create request says of an organization. */
export interface MadeOrganization {
  readonly name: string;
  readonly assumed_name?: string;
  readonly address: string;
  readonly address2?: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly telephone: string;
  readonly organization_contact: {
    readonly first_name: string;
    readonly last_name: string;
    readonly email: string;
    readonly job_title: string;
    readonly telephone: string;
  };
}

/** The first is in about 30 % of the names, the tenth in about 3 %: shares of 1/rank over fifteen. */
const TRADES = [
  'Logistics',
  'Engineering',
  'Consulting',
  'Software',
  'Foods',
  'Textiles',
  'Insurance',
  'Pharma',
  'Energy',
  'Aviation',
  'Publishing',
  'Robotics',
  'Ceramics',
  'Fisheries',
  'Horology',
] as const;

/** Words to search for, by how many names contain them. */
export const SEARCH_WORDS = {
  rare: 'quixotry',
  middling: 'aviation',
  common: 'logistics',
} as const;

/** How many names contain the rare word. */
const RARE_NAMES = 10;

/** What stands for a trade in organizations that a run creates: they match none of the searches. */
const CREATED_TRADE = 'Novelties';

const STARTS =
  'Alder Amber Apple Ash Barley Bay Beacon Birch Black Bright Brook Cedar Clear Cliff Copper Coral Crane Cross Dale Dawn Eagle East Elm Falcon Fern Flint Fox Glen Gold Granite Green Harbor Hawk Hazel Heron High Holly Iron Ivory Juniper King Lake Lark Linden Maple Marsh Mill Moon North Oak Orchard Otter Pearl Pine Quarry Raven Red River Rose Rowan Saffron Salt Silver Spring Star Stone Storm Summer Sun Swan Thorn Timber Vale Violet West White Willow Wind Winter Wolf'.split(
    ' ',
  );
const ENDS =
  'bank bridge brook burn bury castle crest croft dale den field ford forge gate grove ham haven hill holm house hurst keep land leigh mead mere mill moor mount park point port ridge shire side stead stone ton wood worth'.split(
    ' ',
  );
const FORMS = ['Ltd', 'Inc', 'LLC', 'GmbH', 'AG', 'SA', 'BV', 'Oy', 'AB', 'PLC'];
const STREETS = ['Main Street', 'High Street', 'Station Road', 'Mill Lane', 'Market Square'];
const FIRST_NAMES = ['Ada', 'Bela', 'Chen', 'Dina', 'Emil', 'Fay', 'Gia', 'Hugo', 'Ines', 'Jon'];
const LAST_NAMES = ['Abbott', 'Booth', 'Church', 'Dietz', 'Eklund', 'Ferrer', 'Gupta', 'Hale'];
const PLACES = [
  ['Minneapolis', 'mn', 'US'],
  ['Lehi', 'Utah', 'US'],
  ['San Francisco', 'CA', 'US'],
  ['New York', 'New York', 'US'],
  ['Austin', 'TX', 'US'],
  ['Boston', 'MA', 'US'],
  ['London', 'England', 'GB'],
  ['Edinburgh', 'Scotland', 'GB'],
  ['Munich', 'Bavaria', 'DE'],
  ['Köln', 'Nordrhein-Westfalen', 'DE'],
  ['Paris', 'Île-de-France', 'FR'],
  ['Toronto', 'Ontario', 'CA'],
  ['Sydney', 'NSW', 'AU'],
  ['São Paulo', 'SP', 'BR'],
  ['Osaka', 'Osaka', 'JP'],
  ['Bengaluru', 'Karnataka', 'IN'],
  ['Zürich', 'ZH', 'CH'],
  ['Stockholm', 'Stockholms län', 'SE'],
  ['Cape Town', 'Western Cape', 'ZA'],
  ['Utrecht', 'Utrecht', 'NL'],
] as const;

/** The primes spread what follows from consecutive numbers. */
const WORDS = spreadOut(STARTS.flatMap((start) => ENDS.map((end) => start + end)));
const pickWord = makeZipfPicker(WORDS);
const pickTrade = makeZipfPicker(TRADES);
const pickPlace = makeZipfPicker(PLACES);
const pickForm = makeZipfPicker(FORMS);

/** An organization that a registry of `organizations` begins with. */
export function makeOrganization(number: number, organizations: number): MadeOrganization {
  const random = makeRandom(number);
  const isRare = number % Math.floor(organizations / RARE_NAMES) === 7;
  const isCounted = number < RARE_NAMES * Math.floor(organizations / RARE_NAMES);
  const trade = isRare && isCounted ? 'Quixotry' : pickTrade(random());
  return describeOrganization(number, trade, random);
}

/** An organization that a run creates, with a number above those of the registry. */
export function makeCreatedOrganization(number: number): MadeOrganization {
  return describeOrganization(number, CREATED_TRADE, makeRandom(number));
}

/** The number is in the address, so no two are the same on paper. */
function describeOrganization(
  number: number,
  trade: string,
  random: () => number,
): MadeOrganization {
  const first_word = pickWord(random());
  const [city, state, country] = pickPlace(random());
  const first_name = pickEvenly(FIRST_NAMES, random());
  const last_name = pickEvenly(LAST_NAMES, random());
  const telephone = `${100 + (number % 900)}-555-${String(number % 10_000).padStart(4, '0')}`;
  return {
    name: `${first_word} ${pickWord(random())} ${trade} ${pickForm(random())}`,
    ...(random() < 0.2 && { assumed_name: first_word }),
    address: `${number} ${pickEvenly(STREETS, random())}`,
    ...(random() < 0.3 && { address2: `Floor ${1 + (number % 40)}` }),
    city,
    state,
    zip: String(10_000 + Math.floor(random() * 90_000)),
    country,
    telephone,
    organization_contact: {
      first_name,
      last_name,
      email: `${first_name}.${last_name}.${number}@example.com`.toLowerCase(),
      job_title: 'Head of Infrastructure',
      telephone,
    },
  };
}

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Picks the item of rank n with a probability in proportion to 1/n. */
function makeZipfPicker<Item>(items: readonly Item[]): (chance: number) => Item {
  const sums = items.map((_, index) => 1 / (index + 1));
  for (let index = 1; index < sums.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0);
  }
  const whole = sums.at(-1) ?? 0;
  return (chance) => {
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = (sums[middle] ?? 0) > chance * whole ? [low, middle] : [middle + 1, high];
    }
    return items[low] as Item;
  };
}

function pickEvenly<Item>(items: readonly Item[], chance: number): Item {
  return items[Math.floor(chance * items.length)] as Item;
}

/** The same items in an order in which frequent ones do not all begin with an A. */
function spreadOut<Item>(items: readonly Item[]): Item[] {
  return items.map((_, index) => items[(index * 1009) % items.length] as Item);
}

/**
 * The organizations that a demo starts with, of many countries, scripts and legal forms.
 *
 * Pure data: nothing is computed, drawn at random or read from a clock here, so every demo is the
 * same but for the day that its validations count from. Everybody in it is invented, except the two
 * organizations of the vendor's document "List organizations"; every e-mail address is under one of
 * the domains reserved for examples.
 */
import { AFRICAN_AND_OCEANIAN_ORGANIZATIONS } from './demo-data-africa-oceania.ts';
import { AMERICAN_ORGANIZATIONS } from './demo-data-americas.ts';
import { ASIAN_ORGANIZATIONS } from './demo-data-asia.ts';
import { EUROPEAN_ORGANIZATIONS } from './demo-data-europe.ts';
import type { DemoOrganization } from './demo-data-types.ts';

/** The two of the document "List organizations"; "Stree" and "ut" are as they stand there. */
const DOCUMENTED_ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    id: 1,
    container_id: 4,
    name: 'DigiCert Inc.',
    address: '2801 N Thanksgiving Way',
    address2: 'Suite 500',
    city: 'Lehi',
    state: 'Utah',
    zip: '84043',
    country: 'US',
    contact: { first_name: 'Avery', last_name: 'Larkin', email: 'avery.larkin@example.com' },
  },
  {
    id: 112233,
    container_id: 4,
    name: 'Example Organization Inc.',
    assumed_name: 'Example Org',
    address: '123 Fake Stree',
    address2: 'Floor 55',
    city: 'Lehi',
    state: 'ut',
    zip: '84043',
    country: 'US',
    telephone: '801-701-9600',
    contact: { first_name: 'Destinee', last_name: 'Church', email: 'destinee.church@example.com' },
    validations: [
      {
        type: 'ov',
        date_created: '2018-10-09T19:29:02+00:00',
        validated_until: '2019-11-09T20:28:55+00:00',
      },
      { type: 'ev' },
    ],
    verified_user_ids: [184],
    container_id_assignments: [112234, 112235],
  },
];

/** The organizations of the demo account. */
export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  ...DOCUMENTED_ORGANIZATIONS,
  ...AMERICAN_ORGANIZATIONS,
  ...EUROPEAN_ORGANIZATIONS,
  ...ASIAN_ORGANIZATIONS,
  ...AFRICAN_AND_OCEANIAN_ORGANIZATIONS,
];

/** The organizations of the demo account's subaccount: a reseller, first, and its customers. */
export const DEMO_SUBACCOUNT_ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    id: 300001,
    container_id: 5001,
    name: 'Tarnbeck Trust Services Ltd',
    assumed_name: 'Tarnbeck',
    address: '7 Copperbeech Row',
    city: 'Edinburgh',
    state: 'Edinburgh, City of',
    zip: 'EH3 9ZY',
    country: 'GB',
    telephone: '0131 496 0101',
    contact: {
      first_name: 'Isla',
      last_name: 'Drummond-Reid',
      email: 'isla.drummond-reid@example.net',
      job_title: 'Managing Director',
      telephone: '0131 496 0102',
    },
    validations: [
      { type: 'ov', validated_days_ago: 83 },
      { type: 'smime', validated_days_ago: 83 },
    ],
  },
  {
    id: 300002,
    container_id: 5001,
    name: 'Glen Affrick Woollen Mill Ltd',
    address: '2 Fuller’s Wynd',
    city: 'Hawick',
    state: 'Scottish Borders',
    zip: 'TD9 9ZZ',
    country: 'GB',
    telephone: '01632 960142',
    contact: {
      first_name: 'Fergus',
      last_name: 'Haldane',
      email: 'fergus.haldane@example.com',
      job_title: 'Mill Manager',
    },
    validations: [{ type: 'ov', validated_days_ago: 214 }],
  },
  {
    id: 300003,
    container_id: 5001,
    name: 'Cwmni Dŵr Llyn Arian Cyf',
    address: '15 Heol y Felin',
    city: 'Bangor',
    state: 'GWN',
    zip: 'LL57 9ZX',
    country: 'GB',
    telephone: '01632 960177',
    contact: {
      first_name: 'Carys',
      last_name: 'Prydderch',
      email: 'carys.prydderch@example.org',
      job_title: 'Cyfarwyddwr Technegol',
    },
  },
  {
    id: 300004,
    container_id: 5001,
    name: 'Lagan Quay Community Hospice',
    address: '31 Ropeworks Street',
    city: 'Belfast',
    state: 'Belfast City',
    zip: 'BT1 9ZW',
    country: 'GB',
    telephone: '028 9649 6142',
    contact: {
      first_name: 'Niamh',
      last_name: 'McIlvenna',
      email: 'niamh.mcilvenna@example.org',
      job_title: 'Head of Digital Services',
    },
  },
  {
    id: 300005,
    container_id: 5001,
    name: 'Brannigan’s Quay Brewing Company DAC',
    address: '4 Cooperage Lane',
    city: 'Waterford',
    state: 'WD',
    zip: 'X91 XY42',
    country: 'IE',
    telephone: '020 917 0142',
    contact: {
      first_name: 'Cormac',
      last_name: 'Brannigan',
      email: 'cormac.brannigan@example.com',
      job_title: 'Owner',
    },
  },
];

// Proves that postal boxes and addresses in care of somebody are seen in many languages, and that
// streets and companies that are called alike are not taken for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findBoxSurroundings, isCareOf } from './postal-box.ts';

test('a postal box alone is seen, however the language writes it', () => {
  for (const [line, country] of [
    ['P.O. Box 123', 'US'],
    ['PO BOX 123', 'US'],
    ['P O BOX 1234', 'US'],
    ['PO-Box 9', 'US'],
    ['POBox 12', 'GB'],
    ['P.O.B. 12', 'IL'],
    ['POB 12', 'IL'],
    ['Post Office Box 9', 'US'],
    ['P.O. Box No. 12', 'AE'],
    ['P.O. Drawer 5', 'US'],
    ['GPO Box 4', 'AU'],
    ['Locked Bag 1797', 'AU'],
    ['Private Bag X12', 'ZA'],
    ['PMB 12', 'NG'],
    ['General Delivery', 'US'],
    ['Postfach', 'DE'],
    ['Postfach 12 34 56', 'DE'],
    ['PF 1234', 'AT'],
    ['Postbus 90801', 'NL'],
    ['Postboks 12', 'NO'],
    ['Box 123', 'SE'],
    ['PL 12', 'FI'],
    ['Boîte postale 12', 'FR'],
    ['BOITE POSTALE 12', 'SN'],
    ['B.P. 123', 'CI'],
    ['Case postale 12', 'CH'],
    ['C.P. 12', 'CA'],
    ['Casella Postale 12', 'IT'],
    ['Apartado de correos 12', 'ES'],
    ['Apartado 0816', 'PA'],
    ['Apdo. Postal 12', 'MX'],
    ['Casilla 12', 'CL'],
    ['Caixa Postal 12', 'BR'],
    ['Skrytka pocztowa 12', 'PL'],
    ['Skrzynka pocztowa 12', 'PL'],
    ['P.K. 12', 'TR'],
    ['Pf. 12', 'HU'],
    ['а/я 12', 'RU'],
    ['А/Я 12', 'RU'],
    ['абонентский ящик 12', 'RU'],
    ['Τ.Θ. 12', 'GR'],
    ['ص.ب 123', 'AE'],
    ['ת.ד. 12', 'IL'],
    ['私書箱12号', 'JP'],
    ['郵政信箱 5-12號', 'TW'],
    ['사서함 12호', 'KR'],
  ] as const) {
    assert.equal(findBoxSurroundings([line, ''], country), 'nothing', line);
  }
});

test('what stands beside a box is told: words alone, or a street with a number', () => {
  for (const [lines, country, surroundings] of [
    [['Private Bag X12, Hatfield'], 'ZA', 'words'],
    [['PO Box 12', 'Old Mill Road'], 'US', 'words'],
    [['東京中央郵便局私書箱第12号'], 'JP', 'words'],
    [['12 rue de Rome, BP 123'], 'FR', 'street'],
    [['12 Old Mill Road', 'P.O. Box 5'], 'US', 'street'],
    [['P O BOX 433, 600 I ST'], 'US', 'street'],
    [['PO BOX 160 - 602 CHASE AVENUE'], 'US', 'street'],
    [['PMB 12, 123 Old Mill Road'], 'US', 'street'],
    [['ул. Ленина 5, а/я 12'], 'RU', 'street'],
  ] as const) {
    assert.equal(findBoxSurroundings(lines, country), surroundings, lines.join(' / '));
  }
});

test('streets, companies and other abbreviations are no postal box', () => {
  for (const [line, country] of [
    ["BP plc, 1 St James's Square", 'GB'],
    ['Boxwood Street 12', 'US'],
    ['1 Box Hill Road', 'AU'],
    ['12 Postal Boxwood Lane', 'US'],
    ['RR 2 Box 5', 'US'],
    ['Box 123', 'US'],
    ['Postfachstrasse 3', 'DE'],
    ['Postfachweg 3', 'DE'],
    ['Calle Apartamento 12', 'ES'],
    ['Apartamento 12', 'ES'],
    ['C.P. 06600', 'MX'],
    ['CP 28010', 'ES'],
    ['PL 12', 'PL'],
    ['12 Pobst Street', 'US'],
    ['1 Poboxton Road', 'US'],
    ['12 BP Road', 'GB'],
    ['Postbusstraat 4', 'NL'],
    ['郵政路12号', 'TW'],
    ['', ''],
  ] as const) {
    assert.equal(findBoxSurroundings([line, ''], country), undefined, line);
  }
});

test('an address in care of somebody is seen, and a slash or the words elsewhere are not', () => {
  for (const line of [
    'c/o Smith',
    'C/O Smith & Partners',
    'c / o Smith',
    '℅ Smith',
    'Care of Smith',
    'in care of Smith',
    '山田様方',
    '本社気付',
  ]) {
    assert.ok(isCareOf(line), line);
  }
  for (const line of [
    'House of Care of Ohio',
    'Marco/Oslo 5',
    'c/Ollerias 5',
    'Carefree Road',
    '',
  ]) {
    assert.equal(isCareOf(line), false, line);
  }
});

test('no text takes it long or makes it throw', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('p', 'o', '.', ' ', '-', 'box', '1', 'b', 'а/я'),
      maxLength: 300,
    }),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 3 }),
      fc.constantFrom('US', 'CH', ''),
      (lines, country) => {
        const surroundings = findBoxSurroundings(lines, country);
        assert.ok([undefined, 'nothing', 'words', 'street'].includes(surroundings));
        assert.equal(typeof isCareOf(lines.join(' ')), 'boolean');
      },
    ),
  );
});

/**
 * The products that can be ordered, by the vendor's identifiers, as far as they need an organization
 * that has been validated: the type that each needs is its only property that matters here.
 */
import type { ValidationTypeName } from './validation-types.ts';

export const PRODUCT_TYPES = [
  'ssl_certificate',
  'code_signing_certificate',
  'document_signing_certificate',
  'client_certificate',
] as const;
export type ProductType = (typeof PRODUCT_TYPES)[number];

export interface Product {
  readonly name_id: string;
  readonly name: string;
  readonly type: ProductType;
  readonly validation_type: ValidationTypeName;
}

const tls = (name_id: string, name: string, validation_type: 'ov' | 'ev'): Product => ({
  name_id,
  name,
  type: 'ssl_certificate',
  validation_type,
});

export const PRODUCTS: readonly Product[] = [
  tls('ssl_plus', 'Standard SSL', 'ov'),
  tls('ssl_multi_domain', 'Multi-Domain SSL', 'ov'),
  tls('ssl_wildcard', 'WildCard', 'ov'),
  tls('ssl_basic', 'Basic OV', 'ov'),
  tls('ssl_securesite_flex', 'Secure Site OV', 'ov'),
  tls('ssl_securesite_pro', 'Secure Site Pro SSL', 'ov'),
  tls('ssl_ev_plus', 'Extended Validation SSL', 'ev'),
  tls('ssl_ev_multi_domain', 'EV Multi-Domain', 'ev'),
  tls('ssl_ev_basic', 'Basic EV', 'ev'),
  tls('ssl_ev_securesite_flex', 'Secure Site EV', 'ev'),
  tls('ssl_ev_securesite_pro', 'Secure Site Pro EV SSL', 'ev'),
  {
    name_id: 'code_signing',
    name: 'Code Signing',
    type: 'code_signing_certificate',
    validation_type: 'cs',
  },
  {
    name_id: 'code_signing_ev',
    name: 'EV Code Signing',
    type: 'code_signing_certificate',
    validation_type: 'ev_cs',
  },
  {
    name_id: 'document_signing_org_1',
    name: 'Document Signing - Organization (2000)',
    type: 'document_signing_certificate',
    validation_type: 'ds',
  },
  {
    name_id: 'document_signing_org_2',
    name: 'Document Signing - Organization (5000)',
    type: 'document_signing_certificate',
    validation_type: 'ds',
  },
  {
    name_id: 'secure_email_organization',
    name: 'Secure Email for Organization',
    type: 'client_certificate',
    validation_type: 'smime',
  },
];

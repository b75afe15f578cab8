/** How the data of the demo is written down: the shapes, none of the data. */
import type { ValidationTypeName } from '@orgvet/contract';

/** A validation of a demo organization; days count from the day on which the demo is made. */
export interface DemoValidation {
  readonly type: ValidationTypeName;
  /** Days before the demo was made on which it was validated; absent while pending. */
  readonly validated_days_ago?: number;
  /** Where the documents give the moments themselves. */
  readonly date_created?: string;
  readonly validated_until?: string;
}

interface DemoContact {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title?: string;
  readonly telephone?: string;
}

export interface DemoOrganization {
  readonly id: number;
  readonly container_id: number;
  readonly name: string;
  readonly assumed_name?: string;
  readonly address: string;
  readonly address2?: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  /** Absent only where the documents have none. */
  readonly telephone?: string;
  /** false for an inactive organization. */
  readonly is_active?: false;
  readonly contact: DemoContact;
  readonly validations?: readonly DemoValidation[];
  /** Users of the demo account who are verified contacts for all of its types that need one. */
  readonly verified_user_ids?: readonly number[];
  /** Containers that it is assigned to. */
  readonly container_id_assignments?: readonly number[];
}

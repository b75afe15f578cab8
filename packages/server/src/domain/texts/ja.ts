/** Japanese. */
import type { Texts } from './texts.ts';

export const JA: Texts = {
  types: {
    ov: '企業認証（OV）TLS/SSL 証明書',
    ev: 'EV（Extended Validation）TLS/SSL 証明書',
    cs: 'コードサイニング証明書',
    ev_cs: 'EV コードサイニング証明書',
    ds: '文書署名用証明書',
    smime: '企業認証 S/MIME（電子メール）証明書',
  },
  asker: (requester, account) => `${requester}（${account}）`,
  request: {
    asks: (asker, organization) =>
      `${asker}より、${organization} の承認担当者としてご指名がございましたので、ご連絡申し上げます。`,
    why: '下記の種類の証明書は、確認の取れた承認担当者の承認がある場合に限り、組織に対して発行されます。',
    meaning: 'ご確認いただくことで、次の事項を表明したものとみなされます。',
    works_for: (organization) => `${organization} に勤務していること。`,
    is_right: '上記の内容に相違がないこと。',
    may_approve: (organization) =>
      `${organization} のために、上記の種類の証明書を承認する権限を有していること。`,
    decline:
      '一つでも当てはまらない事項がある場合は、ご辞退くださいますようお願いいたします。理由のご記入は任意です。',
    until: (time) => `リンクの有効期限は ${time} です。`,
    for_you_alone:
      'このリンクはご本人様専用です。リンクをお持ちの方はどなたでもご本人様の名義で回答できますので、転送なさらないようお願いいたします。',
    ignore:
      'お心当たりがない場合は、恐れ入りますが破棄してください。ご確認がない限り、ご本人様の名義で承認が行われることはございません。',
  },
  labels: {
    colon: '：',
    organization: '組織の情報',
    name: '正式名称',
    assumed_name: '通称',
    address: '所在地',
    certificates: '証明書の種類',
    contact: 'ご本人様の情報',
    contact_name: 'お名前',
    job_title: '役職',
    telephone: '電話番号',
  },
  mail: {
    subject: (organization) => `【ご確認のお願い】${organization} の証明書について`,
    greeting: (name) => `${name} 様`,
    check: '下記の内容をご確認のうえ、確認または辞退のご回答をお願いいたします。',
    open: '回答ページを開く',
    link: 'ご回答は次のページで承ります。',
    sent_by: (account) =>
      `このメールは、${account} が利用している組織登録システム Orgvet から自動的に送信されています。`,
  },
  page: {
    language: '言語',
    registry: '組織登録システム',
    title: 'ご確認のお願い',
    approved_by_other:
      'すでに別の承認担当者の方がご確認済みのため、この依頼は承認されております。引き続き、ご自身の分をご確認いただくこともできます。',
    meaning_heading: 'ご確認いただく事項',
    answer_heading: 'ご回答',
    confirm: '確認します',
    decline: '辞退します',
    reason: '辞退の理由（任意）',
    reason_hint: (asker) => `1000 文字以内でご記入ください。内容は ${asker} が閲覧できます。`,
    not_recorded: 'ご回答は記録されておりません。',
    no_answer: '下記の二つのうち、いずれかの回答をお選びください。',
    reason_too_long: '理由が 1000 文字を超えています。短くしてください。',
  },
  results: {
    confirmed: 'ご確認ありがとうございました',
    confirmed_on: (time, organization) =>
      `${time} に、${organization} のためにこれらの証明書を承認する権限を有する旨をご確認いただきました。`,
    nothing_to_do: 'お手続きは以上です。このページを閉じていただいて差し支えございません。',
    confirmed_wrongly: (asker) =>
      `ご本人様によるものでない場合、または現在は該当しない場合は、${asker} までお知らせください。`,
    declined: '辞退のご回答を承りました',
    declined_on: (time, organization) =>
      `${time} に、${organization} の証明書の承認を辞退する旨のご回答をいただき、記録いたしました。`,
    declined_wrongly: (asker) =>
      `お間違いの場合は、改めて依頼をお送りするよう ${asker} にお申し付けください。`,
    expired: 'このリンクは有効期限が切れています',
    expired_on: (time) => `有効期限は ${time} でした。`,
    ask_for_link: (asker) =>
      `引き続きご回答をご希望の場合は、${asker} に新しいリンクの送付をご依頼ください。`,
    withdrawn: 'この依頼は取り下げられました',
    withdrawn_from: (organization) =>
      `現在、${organization} の承認担当者としての登録はございません。お手続きは不要です。`,
    withdrawn_wrongly: (asker) => `お心当たりと異なる場合は、${asker} までお問い合わせください。`,
  },
  faults: {
    unknown: 'このリンクは確認できません',
    unknown_why:
      'リンクが途中で切れているか、新しいリンクに置き換えられた可能性がございます。最後に受け取られたメールのリンク全体をお開きください。',
    unknown_help: '解決しない場合は、承認担当者としてご指名になった方までお問い合わせください。',
    unavailable: 'しばらくしてからもう一度お試しください',
    unavailable_help:
      '現在、このページを表示できません。ご回答の直後であれば、数分後にもう一度リンクを開き、ご回答が記録されているかご確認ください。',
    internal: 'エラーが発生しました',
    internal_help: (request_id) =>
      `システム側のエラーです。後ほどもう一度リンクをお開きください。エラー番号は ${request_id} です。`,
  },
  notices: {
    organization_id: '組織 ID',
    validation: '認証の種類',
    ends_at: '認証の有効期限',
    for_contact: (organization) =>
      `このメールは、${organization} の組織担当者の方にお送りしています。`,
    renewal: {
      subject: (organization) => `【認証の有効期限が近づいています】${organization}`,
      subject_ended: (organization) => `【認証の有効期限が切れました】${organization}`,
      ends_in: (days) => `下記の認証は、あと ${days} 日で有効期限を迎えます。`,
      ended: '下記の認証は有効期限が切れました。',
      ended_ago: (days) => `下記の認証は、${days} 日前に有効期限が切れました。`,
      renew:
        '有効期限までに、同じ種類の認証を改めてお申し込みください。それまでは現在の認証が引き続き有効です。',
      renew_ended:
        'この認証に基づいて下記の種類の証明書を発行することはできなくなりました。同じ種類の認証を改めてお申し込みください。',
    },
    rejection: {
      subject: (organization) => `【認証が承認されませんでした】${organization}`,
      rejected: '下記の認証は、その下に記載の理由により承認されませんでした。',
      reasons: '理由',
      next: 'これらの点をご解決のうえ、同じ種類の認証を改めてお申し込みください。',
      remains: 'すでに完了している同じ種類の認証は、その有効期限まで引き続き有効です。',
    },
  },
};

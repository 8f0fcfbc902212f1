/** Languages Meta has form labels in (fact sheet, A.14); the usual one of a language stands first. */
const LOCALES = (
  'AR_AR CS_CZ DA_DK DE_DE EL_GR EN_US EN_GB ES_ES ES_LA FI_FI FR_FR HE_IL HI_IN HU_HU ID_ID IT_IT JA_JP KO_KR NB_NO ' +
  'NL_NL PL_PL PT_PT PT_BR RO_RO RU_RU SV_SE TH_TH TR_TR VI_VN ZH_CN ZH_HK ZH_TW'
).split(' ');

/** Meta's name for the language of a form ("pt-BR" is PT_BR); English where Meta has none. */
export function formLocaleOf(language: string): string {
  const [base = '', region] = language.toUpperCase().split('-');
  const family = base === 'NO' ? 'NB' : base;
  const exact = LOCALES.find((locale) => locale === `${family}_${region}`);
  return exact ?? LOCALES.find((locale) => locale.startsWith(`${family}_`)) ?? 'EN_US';
}

/** `order`: it is done at once. `maybe`: words that may be one, answered with a card that asks for one press. */
export type StopWish = 'order' | 'maybe' | null;

/**
 * What an owner's words say about stopping, in plain words of the main European languages. Stopping is safe, so a plain
 * wish is enough; but it happens at once, so a question ("can I stop the ads any time?"), a "don't stop" and words in
 * quotation marks (an ad's headline) are none.
 *
 * English is looked for anywhere in a sentence. Elsewhere a whole clause must be the order: "para tudo!" stops, "para
 * todo o país" is Portuguese for "for the whole country".
 */
export function stopWish(text: string): StopWish {
  const wishes = sentencesOf(text).flatMap((sentence) => [inEnglish(sentence), ...clausesOf(sentence).map(elsewhere)]);
  if (wishes.includes('order')) return 'order';
  return wishes.includes('maybe') ? 'maybe' : null;
}

/** True for words that stop at once. */
export function wantsStop(text: string): boolean {
  return stopWish(text) === 'order';
}

const ENGLISH =
  /\b(?:stop|pause|halt|cancel|end|kill|freeze|shut(?: down)?|turn off|switch off)\s+(?:everything|all|it all|the (?:ads?|campaigns?|whole thing)|my (?:ads?|campaigns?)|them(?: all)?|it now|now|immediately|spending|right now)\b|\bstop!|\bturn (?:it|them|everything|the ads|my ads) off\b/i;
const NEGATED =
  /\b(?:don't|dont|do not|never|not(?: to)?|no need to|without(?: having to)?|able to)(?: just| ever)?\s*$/i;
const ASKED =
  /^\W*(?:(?:and|but|so|ok(?:ay)?|hi|hello|also)\W+)*(?:how|what|when|why|who|(?:can|could|may|should|shall|must|did|do|will|would) (?:i|we|it|they)|did you|have you|are you|is it)\b/i;
const CONDITION = /\b(?:if|when(?:ever)?|before|after|unless|until)[^,;]*$/i;

function inEnglish(sentence: string): StopWish {
  const found = ENGLISH.exec(sentence);
  if (!found) return null;
  const before = sentence.slice(0, found.index);
  if (NEGATED.test(before) || (ASKED.test(sentence) && !sentence.trimEnd().endsWith('!'))) return null;
  return CONDITION.test(before) ? 'maybe' : 'order';
}

/** What may stand in and around an order, in any of the languages; accents are folded before. */
const COURTESY =
  'please|now|right now|immediately|at once|por favor|se faz favor|ja|agora|imediatamente|ahora|ahora mismo|ya|inmediatamente|svp|s il (?:vous|te) plait|maintenant|tout de suite|immediatement|bitte|jetzt|sofort|per favore|per piacere|subito|adesso|ora|alstublieft|alsjeblieft|nu|direct|meteen|onmiddellijk|prosze|teraz|natychmiast|snalla|tack|genast|tak|straks|naa?|omgaaende|umiddelbart|med det samme|prosim|hned|te rog|va rog|acum|imediat';
const ASKING =
  'podes|pode|podem|puedes|puede|podeis|pueden|(?:est ce que )?(?:tu peux|vous pouvez)|peux tu|pouvez vous|kannst du|konnen sie|konntest du|konnten sie|puoi|puo|potete|kun je|kunt u|wil je|wilt u|mozesz|kan du|muzete|muzes|quiero|quero|je veux|ich will|ich mochte|voglio|ik wil|chce|jag vill|jeg vil';

/** A word that is an order when nothing else is said. */
const ALONE =
  'stop|stopp|stoppe|stoppen|stoppa|stopt|halt|anhalten|para|pare|pares|parem|paren|parad|parar|detener|deten|detente|detengan|detenga|detenganse|arrete|arretez|arreter|arret|ferma|fermate|fermati|fermatevi|fermare|zatrzymaj|zatrzymac|stans|stands|zastav|zastavte|opreste|opriti|pysayta|atura|atureu';

const ARTICLE =
  '(?:os|as|o|a|los|las|la|el|les|le|l|gli|i|il|lo|die|der|das|de|het|meus|minhas|minha|mis|mi|mes|ma|miei|mie|mia|meine|meiner|meinen|mijn|moje|moja|mina|min|mine|todos|todas|toda|tous|toutes|tutti|tutte|alle|all|toate|ale|vsechny|wszystkie)';
const ADS =
  '(?:anuncios?|publicidade|publicidad|campanhas?|campanas?|pubs?|publicites?|annonces?|campagnes?|anzeigen?|werbung|kampagnen?|kampanje(?:r|n)?|annunci|annuncio|inserzion[ei]|pubblicita|campagn[ae]|advertenties?|advertentie|reklam[ay]?|reklamy|kampanie|kampania|annonserna?|annonsene|annoncerne|annonser|annoncer|kampanjen|kampagnen|kampane|reclamele|reclama|campania|campaniile|mainokset|anuncis)';
/** All of it, or the ads, in each language. */
const OBJECT = `(?:tudo|todo|isto tudo|tudo isto|tout|tout ca|alles|tutto|alt|allt|alting|wszystko|vse|vsechno|tot|totul|kaikki|ho tot|everything|(?:${ARTICLE} ){0,3}${ADS})`;
const VERB =
  'stop|stopp|stoppe|stoppen|stoppt|stopt|stoppa|stopper|stoppez|halte|haltet|para|pare|parem|paren|parad|parar|pausa|pausar|pause|pausen|pausiere|pausieren|pausez|detener|deten|detenga|detengan|suspende|suspenda|suspender|suspendre|suspends|suspendez|apaga|apague|apagar|desliga|desligue|desligar|cancela|cancele|cancelar|arrete|arretez|arreter|coupe|coupez|couper|ferma|fermate|fermare|fermi|blocca|bloccate|bloccare|spegni|spegnete|sospendi|zatrzymaj|zatrzymac|zatrzymajcie|wstrzymaj|wstrzymac|wyłacz|wyłaczyc|stans|stands|stanse|pausa|zastav|zastavte|zastavit|vypni|vypnete|opreste|opriti|pysayta|pysayttakaa|lopeta|atura|atureu';
/** Verbs that come after what they stop, or around it. */
const AFTER = 'stoppen|anhalten|pausieren|abschalten|ausschalten|arreter|couper|stopzetten|uitzetten';
const AROUND = `(?:schalte?|schalten sie|mach|mache|machen sie|stell|stelle|halte?|halten sie) ${OBJECT} (?:ab|aus|an)|(?:zet|zetten) ${OBJECT} (?:uit|stop|stil)|(?:met|mets|mettez|metti|mettete|mettre) ${OBJECT} (?:en|in) (?:pause|pausa)|(?:sla|sluk|stang|steng|skru) (?:av|af)? ?${OBJECT}(?: av)?`;

const ORDER = new RegExp(
  `^(?:(?:${ALONE})(?: (?:${ALONE}))*|(?:(?:${ASKING}) )?(?:(?:${VERB})(?: (?:sie|com|con|met|med|mit))* ${OBJECT}|${OBJECT} (?:${AFTER})|${AROUND}))$`,
);
const ASKED_FOR = new RegExp(`^(?:${ASKING}) `);
const URGENT = new RegExp(`(?:^| )(?:${COURTESY})(?= |$)`, 'g');

/** Portuguese and Spanish for "for everything", "for the ads", as well as for "stop everything". */
const ALSO_FOR = new RegExp(`^para ${OBJECT}$`);

type Clause = { text: string; asks: boolean; cries: boolean };

function elsewhere({ text, asks, cries }: Clause): StopWish {
  const bare = text.replace(URGENT, '').trim();
  if (!ORDER.test(bare) || (asks && !ASKED_FOR.test(bare))) return null;
  return ALSO_FOR.test(bare) && bare === text && !cries ? 'maybe' : 'order';
}

/** The sentence as one clause; and its parts between commas, as far as they cannot be "para", "for". */
function clausesOf(sentence: string): Clause[] {
  const asks = sentence.trimEnd().endsWith('?');
  const cries = sentence.trimEnd().endsWith('!');
  const parts = sentence.split(/,|:|\s[-–—]\s|…/);
  return [sentence, ...(parts.length > 1 ? parts.filter((part) => !/^\s*para\b/i.test(part)) : [])].map((part) => ({
    text: folded(part),
    asks,
    cries,
  }));
}

function sentencesOf(text: string): string[] {
  return text
    .replaceAll('’', "'")
    .replace(/[“"«„][^“”"«»„]{1,200}[”"»“]/g, ' ')
    .split(/(?<=[.!?;])\s+|\n+/)
    .filter((sentence) => sentence.trim() !== '');
}

/** Lower case, without accents and without anything that is no letter. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

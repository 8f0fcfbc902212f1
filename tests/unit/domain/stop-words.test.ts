import { describe, expect, it } from 'vitest';
import { stopWish, wantsStop } from '@/lib/domain/stop-words';

describe('an order to stop', () => {
  it.each([
    [
      'English',
      ['stop', 'STOP!!!', 'please stop', 'stop everything', 'turn the ads off', 'Why is it on? Stop everything!'],
    ],
    [
      'English',
      ['I do not know what to do stop everything', 'Why don’t you stop everything!', 'I want to stop the ads'],
    ],
    [
      'Portuguese',
      ['pare', 'Pára!', 'para', 'Pare tudo', 'para tudo!', 'Parem os anúncios já', 'desliga tudo por favor'],
    ],
    [
      'Portuguese',
      ['pode parar tudo?', 'Pare tudo, estou a perder dinheiro', 'quero parar os meus anúncios', 'pare com isto tudo'],
    ],
    [
      'Spanish',
      [
        'detener',
        '¡Para!',
        '¡Detén todo!',
        'para todo ya',
        'paren los anuncios',
        '¿puedes parar todo?',
        'pausa mis anuncios',
      ],
    ],
    [
      'French',
      [
        'arrête',
        'Arrêtez tout !',
        'arrête les pubs s’il te plaît',
        'tout arrêter',
        'Mets tout en pause',
        'je veux tout arrêter',
      ],
    ],
    [
      'German',
      ['stopp', 'Halt!', 'alles stoppen', 'Bitte stoppe alle Anzeigen', 'schalte alles ab', 'Werbung sofort anhalten'],
    ],
    ['German', ['Stopp! Das ist zu teuer', 'kannst du alles stoppen?', 'Stoppen Sie bitte alles']],
    ['Italian', ['ferma', 'Ferma tutto!', 'fermate gli annunci', 'blocca tutto subito', 'metti tutto in pausa']],
    ['Dutch', ['stop alles', 'Zet alles uit', 'alles stopzetten', 'stop de advertenties nu']],
    ['Polish', ['zatrzymaj wszystko', 'Wyłącz reklamy', 'wstrzymaj kampanię']],
    ['the Nordic languages', ['stoppa allt', 'stopp alt', 'stans annonsene', 'stop alle annoncer', 'pysäytä kaikki']],
    ['Czech and Romanian', ['zastavte všechno', 'zastav reklamy prosím', 'oprește tot', 'opriți reclamele acum']],
  ])('is heard in %s: %j', (_language, orders) => {
    expect(orders.filter((words) => !wantsStop(words))).toEqual([]);
  });

  it.each([
    [
      '“for” is no “stop”',
      ['para todo o país', 'Para os anúncios, quero fotos novas', 'mais clientes para os meus anúncios'],
    ],
    [
      '“for” is no “stop”',
      ['para todos', 'tengo ofertas para todo el mundo', 'Para mim, tudo bem', 'para o mês que vem'],
    ],
    ['a “no” before it', ['não pare', 'no pares los anuncios', 'n’arrête pas', 'nicht stoppen', 'non fermare tutto']],
    ['a “no” before it', ['don’t stop the ads', 'never stop everything', 'please do not pause the campaign']],
    ['a question', ['posso parar a qualquer momento?', 'puis-je tout arrêter ?', 'Wann soll ich alles stoppen?']],
    [
      'a question',
      [
        'can I stop the ads any time?',
        'How do I stop the ads?',
        'did you stop the ads',
        'I want to be able to stop the ads',
      ],
    ],
    [
      'words that hold one',
      ['arrêt de bus', 'Bushaltestelle', 'We sell stop signs', 'non-stop delivery', 'parada', 'halte garderie'],
    ],
    [
      'an ad’s own words',
      ['Headline: “Stop! Fresh bread”', 'Make the headline "Pare tudo. Prove."', '«Arrêtez tout !» est le titre'],
    ],
  ])('is not heard in %s: %j', (_why, others) => {
    expect(others.map((words) => [words, stopWish(words)]).filter(([, wish]) => wish !== null)).toEqual([]);
  });

  it.each(['para tudo', 'para los anuncios', 'If it gets worse stop everything'])(
    'is asked back, not carried out, where the same words may mean something else: %s',
    (words) => {
      expect(stopWish(words)).toBe('maybe');
    },
  );
});

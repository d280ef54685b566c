// SPDX-License-Identifier: Apache-2.0
// What buttons that publish are called, and what buttons beside them are called. Data and one reading of it; no DOM.
// A label publishes when it is a verb of the list, alone or with an object of the same language ("Post reply", "Beitrag
// teilen"), never by a word somewhere in it ("Post options").
// Tested by: tests/node/sites.test.js

/** @param {string} words  separated by commas */
const list = (words) => words.split(',').map((word) => word.trim());

/**
 * By language: verbs, what they may take as an object, and words that lead to an addressee ("Post to everyone").
 * @type {Readonly<Record<string, readonly string[][]>>}
 */
export const LANGUAGES = {
  en: [
    list(`post, publish, share, send, submit, reply, comment, tweet, repost, answer, respond, announce, broadcast,
      add comment, add reply, create post, start discussion`),
    list(`all, now, it, this, post, posts, reply, replies, comment, message, update, answer, thread, article, page, topic,
      question, announcement, news, story, review, changes, publicly, and close, & close`),
    list('to, with, in, on, as'),
  ],
  de: [
    list(`posten, veröffentlichen, teilen, senden, absenden, abschicken, antworten, kommentieren, einreichen, publizieren,
      erneut posten, tweeten`),
    list(
      'alle, jetzt, beitrag, beiträge, kommentar, nachricht, antwort, artikel, seite, neuigkeit',
    ),
    list('an, mit, in, als, auf'),
  ],
  fr: [
    list(
      `publier, partager, envoyer, répondre, commenter, poster, soumettre, republier, tweeter, diffuser`,
    ),
    list(`tout, maintenant, le message, message, la réponse, réponse, le commentaire, un commentaire, commentaire, le post,
      l'article, la publication`),
    list('à, avec, dans, sur, en'),
  ],
  es: [
    list(
      'publicar, compartir, enviar, responder, comentar, postear, republicar, tuitear, difundir',
    ),
    list(
      `todo, ahora, mensaje, el mensaje, respuesta, la respuesta, comentario, el comentario, publicación, artículo`,
    ),
    list('a, con, en, como'),
  ],
  ar: [
    list(
      `نشر, انشر, إرسال, ارسال, أرسل, مشاركة, شارك, رد, الرد, تعليق, علق, علّق, غرّد, غرد, إعادة نشر, تقديم`,
    ),
    list('الكل, الآن, الرسالة, رسالة, التعليق, تعليق, الرد, المنشور, منشور, المقال'),
    list('إلى, مع, في, على'),
  ],
};

/** First words of buttons that stand beside a send button and never publish. */
const OTHER = new Set(
  list(`cancel, close, back, discard, delete, remove, preview, attach, upload, browse, draft, dismiss, reset, clear, bold,
    italic, undo, redo, link, emoji, gif, image, photo, video, file, more, options, menu, settings, login, log, sign, search,
    filter, poll, format, mention, schedule, save draft, show, hide, next, abbrechen, schließen, zurück, verwerfen, löschen,
    vorschau, anhängen, entwurf, suchen, annuler, fermer, retour, supprimer, aperçu, joindre, brouillon, rechercher,
    cancelar, cerrar, volver, descartar, eliminar, adjuntar, borrador, buscar, إلغاء, إغلاق, رجوع, حذف, معاينة, إرفاق, بحث`),
);

/** Parts of names in markup by which an icon without words says that it publishes, and by which it says otherwise. */
const SEND_NAMES = new Set(list('send, submit, publish, post, reply, tweet'));
const OTHER_NAMES = new Set([
  ...OTHER,
  ...list(
    'attachment, option, later, toggle, dropdown, voice, add, edit, like, react, toolbar, id',
  ),
]);

/**
 * Whether a button with this label publishes.
 * @param {string} label
 * @returns {boolean}
 */
export function isSendLabel(label) {
  const words = plain(label);
  if (words === '' || words.length > 60) return false;
  return Object.values(LANGUAGES).some(([verbs = [], objects = [], to = []]) =>
    verbs.some((verb) => {
      if (words === verb) return true;
      if (words.startsWith(`${verb} `)) {
        const rest = words.slice(verb.length + 1);
        const [first = ''] = rest.split(' ');
        return objects.includes(rest) || (to.includes(first) && rest.split(' ').length <= 5);
      }
      return words.endsWith(` ${verb}`) && objects.includes(words.slice(0, -verb.length - 1));
    }),
  );
}

/**
 * Whether a button with this label certainly does something else.
 * @param {string} label
 * @returns {boolean}
 */
export function isOtherLabel(label) {
  const words = plain(label);
  const [first = ''] = words.split(' ');
  return OTHER.has(words) || (OTHER.has(first) && !isSendLabel(label));
}

/**
 * Whether names in markup (class, id, test id) say that an icon publishes.
 * @param {string} names
 * @returns {boolean}
 */
export function isSendName(names) {
  const tokens = names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return (
    tokens.some((token) => SEND_NAMES.has(token)) && !tokens.some((token) => OTHER_NAMES.has(token))
  );
}

/**
 * A label without decoration: arrows, counts, shortcut hints, case.
 * @param {string} label
 */
function plain(label) {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/(?:ctrl|cmd|⌘|⌃)\s*\+?\s*(?:enter|return|↵|⏎)/g, ' ')
    .replace(/[^\p{L}\p{M}&' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

// SPDX-License-Identifier: Apache-2.0
// What buttons that publish are called, and what buttons beside them are called. Data and one reading of it; no DOM.
// A label publishes when it is a verb of the list, alone or with an object of the same language ("Post reply", "Beitrag
// teilen"), never by a word somewhere in it ("Post options").
// Tested by: tests/node/sites.test.js

/** @type {Readonly<Record<string, { verbs: readonly string[], objects: readonly string[], to: readonly string[] }>>} */
const LANGUAGES = {
  en: {
    verbs: [
      'post',
      'publish',
      'share',
      'send',
      'submit',
      'reply',
      'comment',
      'tweet',
      'repost',
      'answer',
      'respond',
      'add comment',
      'add reply',
      'announce',
      'broadcast',
      'share update',
      'create post',
      'start discussion',
    ],
    objects: [
      'all',
      'now',
      'it',
      'this',
      'post',
      'posts',
      'reply',
      'replies',
      'comment',
      'message',
      'update',
      'answer',
      'thread',
      'article',
      'page',
      'topic',
      'question',
      'announcement',
      'news',
      'story',
      'review',
      'changes',
      'publicly',
      'and close',
      '& close',
      'anyway',
    ],
    to: ['to', 'with', 'in', 'on', 'as'],
  },
  de: {
    verbs: [
      'posten',
      'veröffentlichen',
      'teilen',
      'senden',
      'absenden',
      'abschicken',
      'antworten',
      'kommentieren',
      'einreichen',
      'publizieren',
      'erneut posten',
      'tweeten',
      'twittern',
    ],
    objects: [
      'alle',
      'jetzt',
      'beitrag',
      'beiträge',
      'kommentar',
      'nachricht',
      'antwort',
      'artikel',
      'seite',
      'neuigkeit',
    ],
    to: ['an', 'mit', 'in', 'als', 'auf'],
  },
  fr: {
    verbs: [
      'publier',
      'partager',
      'envoyer',
      'répondre',
      'commenter',
      'poster',
      'soumettre',
      'republier',
      'tweeter',
      'diffuser',
    ],
    objects: [
      'tout',
      'maintenant',
      'le message',
      'message',
      'la réponse',
      'réponse',
      'le commentaire',
      'commentaire',
      'le post',
      "l'article",
      'la publication',
      'un commentaire',
    ],
    to: ['à', 'avec', 'dans', 'sur', 'en'],
  },
  es: {
    verbs: [
      'publicar',
      'compartir',
      'enviar',
      'responder',
      'comentar',
      'postear',
      'republicar',
      'twittear',
      'tuitear',
      'difundir',
    ],
    objects: [
      'todo',
      'ahora',
      'mensaje',
      'el mensaje',
      'respuesta',
      'la respuesta',
      'comentario',
      'el comentario',
      'publicación',
      'artículo',
    ],
    to: ['a', 'con', 'en', 'como'],
  },
  ar: {
    verbs: [
      'نشر',
      'انشر',
      'إرسال',
      'ارسال',
      'أرسل',
      'مشاركة',
      'شارك',
      'رد',
      'الرد',
      'تعليق',
      'علق',
      'علّق',
      'غرّد',
      'غرد',
      'تغريد',
      'إعادة نشر',
      'تقديم',
    ],
    objects: [
      'الكل',
      'الآن',
      'الرسالة',
      'رسالة',
      'التعليق',
      'تعليق',
      'الرد',
      'المنشور',
      'منشور',
      'المقال',
    ],
    to: ['إلى', 'مع', 'في', 'على'],
  },
};

/** First words of buttons that stand beside a send button and never publish. */
const NOT_SEND = new Set([
  'cancel',
  'close',
  'back',
  'discard',
  'delete',
  'remove',
  'preview',
  'attach',
  'upload',
  'browse',
  'draft',
  'dismiss',
  'reset',
  'clear',
  'bold',
  'italic',
  'underline',
  'undo',
  'redo',
  'link',
  'emoji',
  'gif',
  'image',
  'photo',
  'video',
  'file',
  'more',
  'options',
  'menu',
  'settings',
  'help',
  'login',
  'log',
  'sign',
  'search',
  'filter',
  'poll',
  'quote',
  'code',
  'format',
  'list',
  'heading',
  'mention',
  'schedule',
  'save draft',
  'show',
  'hide',
  'toggle',
  'previous',
  'next',
  'abbrechen',
  'schließen',
  'zurück',
  'verwerfen',
  'löschen',
  'entfernen',
  'vorschau',
  'anhängen',
  'entwurf',
  'suchen',
  'annuler',
  'fermer',
  'retour',
  'supprimer',
  'aperçu',
  'joindre',
  'brouillon',
  'rechercher',
  'enregistrer',
  'cancelar',
  'cerrar',
  'volver',
  'atrás',
  'descartar',
  'eliminar',
  'borrar',
  'adjuntar',
  'borrador',
  'buscar',
  'إلغاء',
  'إغلاق',
  'رجوع',
  'حذف',
  'معاينة',
  'إرفاق',
  'مسودة',
  'بحث',
]);

/** Parts of names in markup by which an icon without words says that it publishes. */
const SEND_TOKENS = new Set(['send', 'submit', 'publish', 'post', 'reply', 'tweet']);
const NOT_SEND_TOKENS = new Set([
  'emoji',
  'attach',
  'attachment',
  'image',
  'photo',
  'gif',
  'menu',
  'more',
  'option',
  'options',
  'cancel',
  'close',
  'delete',
  'bold',
  'italic',
  'format',
  'schedule',
  'later',
  'draft',
  'toggle',
  'settings',
  'dropdown',
  'voice',
  'file',
  'upload',
  'add',
  'edit',
  'like',
  'react',
  'link',
  'preview',
  'toolbar',
  'id',
]);

/**
 * Whether a button with this label publishes.
 * @param {string} label
 * @returns {boolean}
 */
export function isSendLabel(label) {
  const words = plain(label);
  if (words === '' || words.length > 60) return false;
  return Object.values(LANGUAGES).some(({ verbs, objects, to }) =>
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
  return NOT_SEND.has(words) || (NOT_SEND.has(first) && !isSendLabel(label));
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
    tokens.some((token) => SEND_TOKENS.has(token)) &&
    !tokens.some((token) => NOT_SEND_TOKENS.has(token))
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

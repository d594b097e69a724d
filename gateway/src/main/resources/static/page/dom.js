// The only way in which this page makes elements. Texts become text nodes and nothing else; whoever wrote a release's
// texts can make no element, no attribute that acts, and no address that leads elsewhere.

const SVG = 'http://www.w3.org/2000/svg';
const ATTRIBUTE = /^(class|title|role|href|datetime|scope|colspan|type|value|name|required|multiple|disabled|maxlength|rows|autocomplete|spellcheck|aria-[a-z]+|data-[a-z]+)$/;
const SHAPE = /^(class|viewBox|preserveAspectRatio|x|y|x1|x2|y1|y2|width|height|points|role|aria-[a-z]+|data-[a-z]+)$/;

/** An HTML element. Attributes that are null, undefined or false are left out; children are nodes, texts or lists. */
export function h(tag, attributes, ...children) {
  return filled(document.createElement(tag), ATTRIBUTE, attributes, children);
}

/** An SVG element. */
export function svg(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), SHAPE, attributes, children);
}

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\])$/;

/**
 * The one link that leads away from this page: to an application at a host and a port of the front, in a tab of its own
 * that knows nothing of this one. `path` is the front's own way to name an environment, empty for its host name.
 */
export function away({ tls, host, port, path }, ...children) {
  if (!(HOST.test(host) || ADDRESS.test(host)) || !Number.isInteger(port) || !/^(\/[a-z0-9-]+)*$/.test(path)) {
    throw new Error('No link leads there');
  }
  const link = h('a', {}, children);
  link.href = `${tls ? 'https' : 'http'}://${host}:${port}${path}/`;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

/** Hands bytes of somebody else's to the reader as a file: nothing here opens them. */
export function save(base64, name) {
  saveBytes(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)), name);
}

/** The same, of bytes as they are. */
export function saveBytes(bytes, name) {
  const link = h('a', {});
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = name.replace(/[^\w.-]+/g, '_').slice(-100) || 'report';
  link.click();
  URL.revokeObjectURL(link.href);
}

function filled(element, legal, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (!legal.test(name) || (name === 'href' && !String(value).startsWith('#/'))) {
      throw new Error(`No element gets the attribute ${name}`);
    }
    element.setAttribute(name, value === true ? '' : visible(String(value)));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child);
    } else if (child instanceof Node) {
      element.append(child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(document.createTextNode(visible(String(child))));
    }
  }
}

// Controls, and what turns the direction of the text around it, would be acted on unseen.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text with what cannot be seen written out. */
export function visible(text) {
  return text.replace(UNSEEN, (unseen) => `\\u{${unseen.codePointAt(0).toString(16)}}`);
}

/** A text of somebody else's: its direction stays its own. */
export function said(text, attributes) {
  return h('bdi', attributes, text);
}

const LONG_HASH = /\b([0-9a-f]{12})[0-9a-f]{28,52}\b/g;

/** A text of somebody else's, its long hashes cut; the whole of it is the title then. */
export function brief(text, attributes) {
  const short = text.replace(LONG_HASH, '$1…');
  return said(short, short === text ? attributes : { ...attributes, title: text });
}

/**
 * Makes the children of an element like those given and leaves what is alike alone, so that focus, selection and
 * scrolling stay. An element with `data-key` is the same wherever it moves among its siblings.
 */
export function show(element, ...children) {
  const wanted = document.createDocumentFragment();
  append(wanted, children);
  likeChildren(element, wanted);
}

function likeChildren(element, wanted) {
  let at = element.firstChild;
  for (const child of [...wanted.childNodes]) {
    const same = found(at, child);
    if (!same) {
      element.insertBefore(child, at);
    } else if (same === at) {
      at = at.nextSibling;
      like(same, child);
    } else {
      element.insertBefore(same, at);
      like(same, child);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function found(from, child) {
  const key = keyOf(child);
  if (key === null) {
    return from && keyOf(from) === null && from.nodeName === child.nodeName ? from : null;
  }
  for (let each = from; each; each = each.nextSibling) {
    if (keyOf(each) === key && each.nodeName === child.nodeName) {
      return each;
    }
  }
  return null;
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null;
}

function like(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== wanted.nodeValue) {
      node.nodeValue = wanted.nodeValue;
    }
    return;
  }
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
  likeChildren(node, wanted);
}

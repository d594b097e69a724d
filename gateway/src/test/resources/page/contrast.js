// The texts in sight whose contrast with their ground is below WCAG 2.2 AA: 4.5 to 1, large ones 3 to 1.
(() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(each).backgroundColor);
      if (alpha === 1) {
        return [r, g, b];
      }
      if (alpha !== 0) {
        throw new Error(`a ground that shines through at ${each.className}`);
      }
    }
    throw new Error('no ground');
  };
  const weak = [];
  let looked = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.nodeValue.trim();
    if (!text || element.closest('.unseen, .skip, datalist, noscript, script') || !element.checkVisibility()) {
      continue;
    }
    looked++;
    const style = getComputedStyle(element);
    const pixels = parseFloat(style.fontSize);
    const large = pixels >= 24 || (pixels >= 18.66 && style.fontWeight >= 700);
    const [one, other] = [luminance(channels(style.color)), luminance(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < (large ? 3 : 4.5)) {
      weak.push(`${text} (${element.className}): ${ratio.toFixed(2)}`);
    }
  }
  return { looked, weak };
})()

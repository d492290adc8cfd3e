"""What is measured in the page itself: what sticks out, is too small to press, too fine to read, or cut off."""

OVERFLOW = """() => {
  const log = document.getElementById("log");
  const widths = [document.documentElement.scrollWidth, log.scrollWidth + log.getBoundingClientRect().left];
  for (const element of document.querySelectorAll(".ChatApp *")) {
    const box = element.getBoundingClientRect();
    if (box.width > 1) widths.push(Math.floor(box.right));
  }
  return Math.max(...widths) - innerWidth;
}"""
# A phone number within a sentence is as high as its line: beside it lies the text, not another target.
TOO_SMALL = """least => [...document.querySelectorAll(
  ".ChatApp button:enabled, .ChatApp a:not(.phone), .ChatApp input, .ChatApp select, .ChatApp textarea, .ChatApp summary"
)].filter(element => element.checkVisibility()).flatMap(element => {
  const {width, height} = element.getBoundingClientRect();
  const name = element.dataset.testid || element.textContent || element.tagName;
  return Math.min(width, height) < least ? [`${name}: ${width} x ${height}`] : [];
})"""
TOO_FINE = """least => {
  const found = new Set();
  const texts = document.createTreeWalker(document.querySelector(".ChatApp"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const said = texts.currentNode.textContent.trim(), around = texts.currentNode.parentElement;
    if (!said || !around.checkVisibility() || around.closest("svg, .sr-only")) continue;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (size < least) found.add(`${said.slice(0, 20)}: ${size}px`);
  }
  return [...found];
}"""
CUT = """() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.querySelector(".ChatApp"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const said = texts.currentNode.textContent.trim();
    let around = texts.currentNode.parentElement;
    if (!said || !around.checkVisibility() || around.closest("svg, .sr-only, select")) continue;
    while (getComputedStyle(around).display === "inline") around = around.parentElement;
    range.selectNodeContents(texts.currentNode);
    const text = range.getBoundingClientRect(), box = around.getBoundingClientRect();
    if (text.right > box.right + 1 || text.left < box.left - 1) found.add(said.slice(0, 30));
  }
  return [...found];
}"""

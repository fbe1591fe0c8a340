"""What every page must keep for people who do not see it, see it on a telephone, or in the dark.

SCREENSHOTS names a directory for pictures of the pages; AXE the script of axe-core (tests/browser/run fetches it).
"""

import os
from pathlib import Path

CHECKS = """
const wrong = [];
for (const input of document.querySelectorAll('main :is(input, select, textarea):not([type=hidden]):not([hidden])')) {
  if (!input.labels.length) wrong.push('no label: ' + input.name);
  const ids = (input.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
  for (const id of ids) if (!document.getElementById(id)) wrong.push('describes nothing: ' + id);
  if (input.getAttribute('aria-invalid') && !ids.length) wrong.push('no reason: ' + input.name);
}
if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the window');
const controls = 'button, .button, select, textarea, input:not([type=checkbox]):not([hidden]):not([type=hidden])';
for (const control of document.querySelectorAll(controls)) {
  if (control.getBoundingClientRect().height < 40) wrong.push('too small to touch: ' + control.outerHTML);
}
return wrong;
"""

AXE = """
return axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary)));
"""


def look(test, tab, name):
    """Looks at the page in every way it is shown."""
    pictures = os.environ.get("SCREENSHOTS")
    for width in [390, 1280]:
        for dark in [False, True]:
            tab.look(width, dark)
            scheme = "dark" if dark else "light"
            if pictures:
                Path(pictures, f"{name}-{width}-{scheme}.png").write_bytes(tab.screenshot())
            test.assertEqual(tab.run(CHECKS), [], f"{name}, {width}, {scheme}")
            test.assertEqual(judged(tab), [], f"{name}, {width}, {scheme}")
    tab.look(1280)
    test.assertEqual(tab.errors(), [], name)


def judged(tab):
    """What axe-core finds wrong; nothing where it is not there."""
    if not (script := os.environ.get("AXE")):
        return []
    if not tab.run("return Boolean(window.axe)"):
        tab.send("Runtime.evaluate", expression=Path(script).read_text())
    return tab.run(AXE)

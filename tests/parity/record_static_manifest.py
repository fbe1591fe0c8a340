"""Records how Django names collected files and rewrites what refers to them, in golden/static_manifest.json.

`record_static_manifest.py` writes the file; with `--check` it fails if a fresh recording differs from it.
`cargo test` has djr name the same files and compares (src/staticfiles/manifest/recorded_tests.rs).
"""

import json
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

import recording

GOLDEN = Path(__file__).parent / "golden" / "static_manifest.json"

# What the cases with one file may refer to.
BASE = {
    "img/a.png": "PNG", "img/b c.png": "space", "img/é.png": "é", "img/100%.png": "percent", "fonts/f.svg": "<svg/>",
    "fonts/f.eot": "EOT", "css/other.css": "b{}", "css/m.css.map": "{}", "js/app.js.map": "{}",
    "js/mod.js": "export const a = 1;", "js/lib/x.js": "export {};", "css/sub/deep.css": "c{}",
    "css/chain.css": '@import "other.css";',
}

CSS = {
    "no quotes": "a{background:url(../img/a.png)}",
    "double quotes": 'a{background:url("../img/a.png")}',
    "single quotes": "a{background:url('../img/a.png')}",
    "quotes that differ": "a{background:url('../img/a.png\")}",
    "blanks inside": "a{background:url(  ../img/a.png)}",
    "blanks at the end": "a{background:url(../img/a.png  )}",
    "quotes and blanks": "a{background:url(' ../img/a.png ')}",
    "a line end inside": "a{background:url(\n  ../img/a.png)}",
    "a line end behind": "a{background:url(../img/a.png\n)}",
    "upper case": "a{background:URL(../img/a.png)}",
    "a blank before the parenthesis": "a{background:url (../img/a.png)}",
    "two in a line": "a{background:url(../img/a.png),url(../img/a.png)}",
    "from the root": "a{background:url(/static/img/a.png)}",
    "another part of the site": "a{background:url(/media/a.png)}",
    "another server": "a{background:url(https://x.y/a.png)}",
    "another server of any scheme": "a{background:url(//x.y/a.png)}",
    "data": "a{background:url(data:image/png;base64,AAAA)}",
    "a fragment": "a{background:url(../fonts/f.svg#icon)}",
    "a fragment alone": "a{fill:url(#grad)}",
    "a query": "a{background:url(../img/a.png?v=1)}",
    "a query and a fragment": "a{background:url(../img/a.png?v=1#x)}",
    "iefix": "a{src:url(../fonts/f.eot?#iefix)}",
    "iefix in quotes": "a{src:url('../fonts/f.eot?#iefix') format('x')}",
    "an empty query": "a{src:url(../fonts/f.eot?)}",
    "nothing": "a{background:url()}",
    "nothing in quotes": "a{background:url('')}",
    "import in double quotes": '@import "other.css";',
    "import in single quotes": "@import 'other.css' screen;",
    "import with url": "@import url(other.css);",
    "import with url in quotes": '@import url("sub/deep.css") print;',
    "import in upper case": '@IMPORT "other.css";',
    "import without a blank": '@import"other.css";',
    "import with a query": '@import "chain.css";a{b:url(chain.css)}',
    "in a comment": "/* url(../img/a.png) */",
    "source map": "a{}\n/*# sourceMappingURL=m.css.map*/\n",
    "source map and blanks": "a{}\n/*#\tsourceMappingURL=m.css.map */",
    "source map and carriage return": "a{}\r\n/*# sourceMappingURL=m.css.map */\r\n",
    "source map in another case": "/*# sOuRcEmApPiNgUrL=m.css.map */",
    "source map within a line": "a{} /*# sourceMappingURL=m.css.map */",
    "dots": "a{background:url(./../img/../img/a.png)}",
    "slashes": "a{background:url(..//img//a.png)}",
    "percent escapes": "a{background:url(../img/%61.png)}",
    "escaped blank": "a{background:url(../img/b%20c.png)}",
    "blank in the name": "a{background:url('../img/b c.png')}",
    "beyond ascii": "a{content:'é';background:url(../img/é.png)}",
    "beyond ascii escaped": "a{background:url(../img/%C3%A9.png)}",
    "a directory": "a{background:url(../img)}",
    "a directory with its slash": "a{background:url(../img/)}",
    "byte order mark": "\ufeffa{background:url(../img/a.png)}",
    "carriage returns": "a{}\r\nb{background:url(../img/a.png)}\r\n",
    "no end": "a{background:url(../img/a.png",
    "empty": "",
}
JS = {
    "source map": "x();\n//# sourceMappingURL=app.js.map",
    "source map and blanks": "x();\n//# sourceMappingURL=app.js.map \t\n",
    "source map in data": "//# sourceMappingURL=data:application/json;base64,AA",
    "source map of another server": "//# sourceMappingURL=https://x.y/app.js.map",
    "source map within a line": "x(); //# sourceMappingURL=app.js.map",
    "two source maps": "//# sourceMappingURL=app.js.map\n//# sourceMappingURL=app.js.map\n",
    "import": "import a from './mod.js';",
    "import of names": 'import { a, b as c } from "./mod.js";',
    "import over lines": "import {\n  a,\n  b,\n} from './mod.js';",
    "import of all": "import*as m from './mod.js';",
    "import for its effect": "import './mod.js';",
    "import in a call": "const x=import('./mod.js');",
    "import without a semicolon": "import a from './mod.js'\n",
    "import of a package": "import r from 'react';",
    "import of a package before another": "import r from 'react';\nimport a from './mod.js';\n",
    "import from the root": "import r from '/static/js/mod.js';",
    "export of all": "export * from './lib/x.js';",
    "export of names": "export { a } from './mod.js';",
    "url is not of scripts": "x('url(../img/a.png)');",
}
TREES = {
    "a chain": {
        "a.css": "@import 'b.css';", "b.css": "@import 'c.css';", "c.css": "x{background:url(i.png)}", "i.png": "I",
    },
    "names": {
        "noext": "1", "a.tar.gz": "2", ".hidden": "3", "dir.with.dots/x.min.js": "4", "sp ace.txt": "5",
        "ünï.txt": "6", "empty.css": "", "d/e/f/g.txt": "7", "A.CSS": "url(missing.png)", "quo\"te.txt": "8",
        "em😀oji.txt": "9", "..b.txt": "10", "a.": "11",
    },
    "the order of directories": {
        "z.txt": "1", "a.txt": "2", "m/z.txt": "3", "m/a.txt": "4", "b/c/d.txt": "5", "b/a.txt": "6", "y/x/w/v.txt": "7",
    },
    "one that many refer to": {
        "1.css": "a{b:url(x/base.css)}", "x/base.css": "@import '../leaf.css';", "leaf.css": "c{}",
        "2.css": "@import '1.css';@import 'leaf.css';",
    },
    "missing": {"css/bad.css": "a{}\nb{background:url(missing.png)}"},
    "missing source map": {"js/bad.js": "x();\n//# sourceMappingURL=bad.js.map"},
    "out of the root": {"css/bad.css": "b{background:url(../../etc/passwd)}"},
    "a circle": {"a.css": "@import 'b.css';", "b.css": "@import 'a.css';"},
    "itself": {"a.css": "a{b:url(a.css)}"},
}
HEX = {"not utf-8": {"bad.css": "617b636f6e74656e743a27ff277d"}, "not utf-8 and not looked into": {"a.txt": "ff"}}


def process(files, js_modules):
    """What Django makes of `files`, by name in the order they are collected in."""
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

    class Storage(ManifestStaticFilesStorage):
        support_js_module_import_aggregation = js_modules

    with tempfile.TemporaryDirectory() as place:
        source, root = FileSystemStorage(Path(place) / "source"), Path(place) / "root"
        storage = Storage(location=str(root))
        for name, content in files.items():
            for base in [Path(source.location), root]:
                path = base / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        paths = {name: (source, name) for name in files}
        try:
            for name, _, processed in storage.post_process(paths):
                if isinstance(processed, Exception):
                    return {"error": f"{name}: {type(processed).__name__}"}
        except Exception as error:
            return {"error": f"{type(error).__name__}"}
        changed = {
            hashed: (root / hashed).read_bytes().decode()
            for name, hashed in storage.hashed_files.items()
            if (root / hashed).read_bytes() != files[name]
        }
        return {"contents": changed, "manifest": (root / "staticfiles.json").read_text()}


def cases():
    for js_modules in [False, True]:
        for name, text in CSS.items():
            if not js_modules:
                yield f"css: {name}", {**BASE, "css/t.css": text}, js_modules
        for name, text in JS.items():
            yield f"js: {name}", {**BASE, "js/t.js": text}, js_modules
    for name, files in TREES.items():
        yield f"tree: {name}", files, False
    for name, files in HEX.items():
        yield f"bytes: {name}", {path: bytes.fromhex(content) for path, content in files.items()}, False


def row(name, files, js_modules):
    is_hex = any(isinstance(content, bytes) for content in files.values())
    encoded = {path: content if is_hex else content.encode() for path, content in files.items()}
    shown = [[path, content.hex() if is_hex else content.decode()] for path, content in encoded.items()]
    return {
        "case": name, "js_modules": js_modules, "is_hex": is_hex, "files": shown, **process(encoded, js_modules),
    }


def main():
    settings.configure(STATIC_URL="/static/", STATIC_ROOT="/nonexistent", DEBUG=False, USE_TZ=True)
    rows = ",\n".join(json.dumps(row(*case), ensure_ascii=False) for case in cases())
    recording.keep(GOLDEN, f"[\n{rows}\n]\n")


if __name__ == "__main__":
    main()

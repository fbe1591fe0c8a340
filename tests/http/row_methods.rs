//! The public methods of Django's query sets, managers and rows (`tests/parity/record_row_methods.py`), each of which is
//! there or says what to use in its place.

use crate::sites::site;

/// What the methods of Django are asked for by, in the shell of the site.
const PROGRAM: &str = "
import json
from shop.row_methods import missing
print(*missing(json.loads(open('row_methods.json').read())), sep='\\n')
";

#[test]
fn every_method_of_django_s_rows_is_there() {
    let project = site("topics").file(
        "row_methods.json",
        include_str!("../parity/golden/row_methods.json"),
    );
    let shell = project
        .djr(["shell", "--no-imports", "-c", PROGRAM])
        .success();
    assert_eq!(shell.stdout().trim(), "");
}

//! `docs/python-signals.md` has a row for every signal of Django, which names where it is tested, or says that nobody sends it.

use std::fs;

use crate::root;

/// The cells of the row of `signal`.
fn row<'p>(page: &'p str, signal: &str) -> Option<Vec<&'p str>> {
    let start = format!("| `{signal}` |");
    let line = page.lines().find(|line| line.starts_with(&start))?;
    Some(line.split('|').map(str::trim).skip(2).collect())
}

/// The files that `cell` names and that do not hold the last part of `signal`.
fn untested<'c>(cell: &'c str, signal: &str) -> Vec<&'c str> {
    let name = signal.rsplit('.').next().unwrap();
    let files = cell.split('`').skip(1).step_by(2);
    let lacks = |file: &&str| {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        // The receivers of the commands stand in a file of their own.
        let receivers = root().join("tests/parity/signals/receivers.py");
        let all = match *file {
            "tests/cli/receivers.rs" => text + &fs::read_to_string(receivers).unwrap(),
            _ => text,
        };
        !all.contains(name)
    };
    files.filter(lacks).collect()
}

#[test]
fn every_signal_of_django_has_a_row_and_a_test() {
    let page = fs::read_to_string(root().join("docs/python-signals.md")).unwrap();
    let recorded = root().join("tests/parity/golden/signal_names.json");
    let recorded: Vec<String> =
        serde_json::from_str(&fs::read_to_string(recorded).unwrap()).unwrap();
    assert!(recorded.len() > 15, "{recorded:?}");
    let mut wrong = Vec::new();
    for signal in &recorded {
        match row(&page, signal).as_deref() {
            None => wrong.push(format!("{signal} has no row")),
            Some([sender, ..]) if sender.starts_with("nobody") => {
                let module = signal.rsplit_once('.').unwrap().0.replace('.', "/");
                let here = root().join(format!("src/script/python/{module}.py"));
                if here.exists() {
                    wrong.push(format!("{signal} can be imported, and nobody sends it"));
                }
            }
            Some([_, tests, ..]) if tests.contains('`') => {
                let untested = untested(tests, signal);
                wrong.extend(
                    untested
                        .iter()
                        .map(|file| format!("{file} knows nothing of {signal}")),
                );
            }
            Some(_) => wrong.push(format!("{signal} has no test")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

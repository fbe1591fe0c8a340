//! JSON as it is read, cut in any way.

use std::io::Read;

use crate::json::{Json, JsonError, JsonReader};

/// Gives one byte at a time, as the slowest pipe does.
struct Drops<'t>(&'t [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.0.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn reads_the_same_however_the_stream_is_cut() {
    let text = "\u{feff}[ {\"a\\u00e9\\ud83d\\ude00\": \"é\\n\"} ,\n -1.5e3, true ]";
    let whole = JsonReader::new(text.as_bytes()).value().unwrap();
    let cut = JsonReader::new(Drops(text.as_bytes())).value().unwrap();
    assert_eq!(whole, cut);
    assert_eq!(
        whole.to_python(),
        r#"[{"a\u00e9\ud83d\ude00": "\u00e9\n"}, -1500.0, true]"#
    );
}

#[test]
fn names_the_line_of_a_mistake() {
    let error = JsonReader::new("[1,\n2,\n oops]".as_bytes())
        .value()
        .unwrap_err();
    assert_eq!(error.to_string(), "line 3: `oops` is not a value");
    let error = JsonReader::new("[1\n2]".as_bytes()).value().unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: `2` where `,` or `]` is expected"
    );
}

#[test]
fn names_the_character_of_a_mistake() {
    for (text, line, column) in [
        ("\u{feff}  oops", 1, 3),
        ("[1,\n oops {}]", 2, 2),
        ("[\n  {\"é\": \"äöü\", ?", 2, 16),
        ("[1, 2", 1, 6),
    ] {
        for source in [
            &mut Drops(text.as_bytes()) as &mut dyn Read,
            &mut text.as_bytes(),
        ] {
            let error = JsonReader::new(source).value().unwrap_err();
            let found = match &error {
                JsonError::Malformed { line, column, .. } => (*line, *column),
                JsonError::Utf16 => (1, 1),
                JsonError::Unreadable(_) => (0, 0),
            };
            assert_eq!(found, (line, column), "{text}: {error}");
        }
    }
}

#[test]
fn of_a_key_that_comes_twice_the_last_value_counts_however_many_there_are() {
    let pairs: Vec<_> = (0..100).map(|n| format!("\"k{}\": {n}", n % 50)).collect();
    let text = format!("{{{}}}", pairs.join(","));
    let Json::Object(found) = JsonReader::new(text.as_bytes()).value().unwrap() else {
        panic!("{text}");
    };
    assert_eq!(found.len(), 50);
    assert_eq!(found[49], ("k49".to_owned(), Json::Number("99".to_owned())));
}

/// Python's `json.loads` reads the same, and `json.dumps` writes the same again.
#[test]
fn half_a_surrogate_pair_stays_what_it_is() {
    for text in [
        r#""\ud83d""#,
        r#""a\ude00b""#,
        r#""\ud83d\ud83d\ude00\ud83d""#,
        r#""\ud83d\u0001\u00e9""#,
    ] {
        for source in [
            &mut Drops(text.as_bytes()) as &mut dyn Read,
            &mut text.as_bytes(),
        ] {
            let value = JsonReader::new(source).value().unwrap();
            assert_eq!(value.to_python(), text);
        }
    }
    assert_eq!(Json::parse("\"\\ud83d\\ude00\""), Some("\u{1f600}".into()));
    let key = JsonReader::new(r#"{"\ud83d": 1}"#.as_bytes()).value();
    let error = "line 1: a key with half a surrogate pair";
    assert_eq!(key.unwrap_err().to_string(), error);
}

#[test]
fn nesting_as_deep_as_a_column_takes_is_read_written_compared_and_dropped() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let value = Json::parse(&nested(1000)).unwrap();
    assert_eq!(value.clone(), value);
    assert_eq!(value.to_python(), nested(1000));
    assert_eq!(Json::parse(&nested(100_000)), None);
    let objects = |depth| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    assert!(Json::parse(&objects(1000)).is_some() && Json::parse(&objects(1001)).is_none());
    let in_stream = |depth| JsonReader::new(objects(depth).as_bytes()).value().is_ok();
    assert!(in_stream(1010) && !in_stream(1011));
    let limited = |text: &str| {
        JsonReader::new(text.as_bytes())
            .max_depth(3)
            .value()
            .is_ok()
    };
    assert!(limited("[[{\"a\": 1}, []]]") && limited("[[[]],[[]],[[]]]"));
    assert!(!limited("[[[[]]]]") && !limited("{\"a\": [[{\"b\": 1}]]}"));
}

/// A thread that answers requests has some of its stack behind it when it reads what was sent.
#[test]
fn the_deepest_value_needs_little_of_a_stack() {
    let small = std::thread::Builder::new().stack_size(768 * 1024);
    let work = || {
        let deepest = format!("{}1{}", "[{\"a\":".repeat(500), "}]".repeat(500));
        let value = Json::parse(&deepest).unwrap();
        assert_eq!(value.clone(), value);
        value.to_python().len()
    };
    assert!(small.spawn(work).unwrap().join().unwrap() > 3000);
}

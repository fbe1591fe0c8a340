//! `generic.archive` tells its templates what Django's views of archives tell theirs: the recording of
//! `tests/parity/record_archives.py`, replayed.

use std::fmt::Write as _;

use serde_json::Value;

use crate::attacks::browser::Browser;
use crate::support::Project;

const MODELS: &str = include_str!("../parity/queries/library.toml");
const RECORDED: &str = include_str!("../parity/golden/archives.json");
const ROWS: &str = include_str!("../parity/golden/queries.json");

const NAMES: [&str; 4] = ["year", "month", "week", "day"];

/// A template that writes what it is told, a line for each name.
fn template() -> String {
    let mut text = "rows {{ object_list|map(attribute='pk')|join(',') }}
dates {% if date_list is none or date_list is undefined %}none{% else %}{% for d in date_list %}{{ d.isoformat() }}{{ ' ' if not loop.last }}{% endfor %}{% endif %}
page {% if page_obj %}{{ page_obj.number }}/{{ paginator.num_pages }}{% endif %}
"
    .to_owned();
    for name in NAMES {
        for prefix in ["", "next_", "previous_"] {
            let name = format!("{prefix}{name}");
            writeln!(text, "{name} {{{{ {name}.isoformat() if {name} }}}}").unwrap();
        }
    }
    text
}

/// What the template writes for `told`.
fn expected(told: &Value) -> String {
    let texts = |list: &Value| -> Vec<String> {
        let items = list.as_array().unwrap().iter();
        items
            .map(|item| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            })
            .collect()
    };
    let dates = match &told["dates"] {
        Value::Null => "none".to_owned(),
        dates => texts(dates).join(" "),
    };
    let page = match &told["page"] {
        Value::Null => String::new(),
        page => texts(page).join("/"),
    };
    let mut text = format!(
        "rows {}\ndates {dates}\npage {page}\n",
        texts(&told["rows"]).join(",")
    );
    for name in NAMES {
        for prefix in ["", "next_", "previous_"] {
            let name = format!("{prefix}{name}");
            writeln!(text, "{name} {}", told[&name].as_str().unwrap_or_default()).unwrap();
        }
    }
    text
}

/// The path behind that of the entry.
fn pattern(entry: &Value) -> &'static str {
    match entry["period"].as_str() {
        Some("year") => "<int:year>/",
        Some("month") => "<int:year>/<month>/",
        Some("week") => "<int:year>/<int:week>/",
        Some("day") => "<int:year>/<month>/<int:day>/",
        _ => "",
    }
}

/// The entries, each once.
fn entries(cases: &[Value]) -> Vec<&Value> {
    let mut found: Vec<&Value> = Vec::new();
    for case in cases {
        if !found.contains(&&case["entry"]) {
            found.push(&case["entry"]);
        }
    }
    found
}

fn site(zone: &str, entries: &[&Value]) -> Project {
    let mut urls = String::new();
    for (place, entry) in entries.iter().enumerate() {
        write!(
            urls,
            "[[urls]]\npath = \"a{place}/{}\"\nview = \"generic.archive\"\nmodel = \"library.Book\"\n\
             template = \"archive.html\"\nallow_future = true\n",
            pattern(entry)
        )
        .unwrap();
        for (key, value) in entry.as_object().unwrap() {
            writeln!(urls, "{key} = {value}").unwrap();
        }
    }
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"library\"")
        .replaced(
            "debug = true",
            &format!("debug = true\ntime_zone = \"{zone}\"\nallowed_hosts = [\"testserver\"]"),
        )
        .file("library/models.toml", MODELS)
        .file("templates/archive.html", &template())
        .file("urls.toml", &urls);
    project.djr(["makemigrations"]).success();
    let project = project.migrated();
    let rows: Value = serde_json::from_str(ROWS).unwrap();
    // The tables of the recording, whose rows are written column by column.
    let mut script = "PRAGMA foreign_keys = OFF;".to_owned();
    for line in rows["script"].as_array().unwrap() {
        let line = line.as_str().unwrap();
        if let Some(table) = line.strip_prefix("CREATE TABLE \"library_") {
            let name = table.split('"').next().unwrap();
            write!(script, "DROP TABLE \"library_{name}\";").unwrap();
        }
        if line.contains("INTO \"library_") || line.contains("TABLE \"library_") {
            script.push_str(line);
        }
    }
    project.database().execute_batch(&script).unwrap();
    project
}

#[test]
fn archives_tell_their_templates_what_djangos_tell_theirs() {
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let cases = recorded["cases"].as_array().unwrap();
    let entries = entries(cases);
    let project = site(recorded["zone"].as_str().unwrap(), &entries);
    let server = project.serve();
    let mut wrong = Vec::new();
    for case in cases {
        let place = entries
            .iter()
            .position(|entry| **entry == case["entry"])
            .unwrap();
        let path = case["path"].as_str().unwrap();
        let (argument, query) = path.split_once('?').unwrap_or((path, ""));
        let slash = if argument.is_empty() { "" } else { "/" };
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{query}")
        };
        let answer =
            Browser::new(server.address()).get(&format!("/a{place}/{argument}{slash}{query}"));
        let is_right = match case["told"].as_u64() {
            Some(status) => u64::from(answer.status) == status,
            None => answer.text().trim() == expected(&case["told"]).trim(),
        };
        if !is_right {
            let text = answer.text();
            let text: String = text.chars().take(900).collect();
            wrong.push(format!(
                "{} {path}: {} {text}\nnot {}",
                case["entry"], answer.status, case["told"]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
}

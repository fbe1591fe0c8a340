//! Any text as what a browser sent, for a form that has every kind of field, and as the file that declares forms.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::clock::Zone;
use djr::document::Problems;
use djr::forms::{Form, FormDefinition, Forms, load_forms};
use djr::http::QueryDict;

/// A form with a field of each class that needs no database and no file.
pub(crate) const FIELDS: &str = r#"
[Sample.fields]
boolean = { type = "BooleanField" }
null_boolean = { type = "NullBooleanField" }
char = { type = "CharField", min_length = 2, max_length = 5 }
choice = { type = "ChoiceField", choices = [["a", "A"], ["b", "B"]] }
multiple = { type = "MultipleChoiceField", choices = [["a", "A"], ["b", "B"]] }
typed = { type = "TypedChoiceField", coerce = "int", choices = [["1", "A"], ["2", "B"]] }
date = { type = "DateField" }
moment = { type = "DateTimeField" }
split = { type = "SplitDateTimeField" }
time = { type = "TimeField" }
decimal = { type = "DecimalField", max_digits = 5, decimal_places = 2, step_size = 0.25 }
duration = { type = "DurationField" }
email = { type = "EmailField" }
float = { type = "FloatField", min_value = -1.5, max_value = 1e300 }
address = { type = "GenericIPAddressField" }
integer = { type = "IntegerField", min_value = -5, step_size = 3 }
json = { type = "JSONField" }
regex = { type = "RegexField", regex = "^[a-z]+$" }
slug = { type = "SlugField", allow_unicode = true }
url = { type = "URLField" }
uuid = { type = "UUIDField" }
"#;

static SAMPLE: LazyLock<Arc<FormDefinition>> = LazyLock::new(|| {
    let problems = Problems::default();
    let forms = forms(FIELDS, &problems);
    let found = problems.into_findings();
    assert!(found.is_empty(), "{found:?}");
    Arc::clone(forms.get("a.Sample").expect("the form"))
});

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if text.starts_with('[') {
        forms(text, &Problems::default());
        return;
    }
    let Ok(sent) = QueryDict::parse(text, 1000) else {
        return;
    };
    let form = Form::of(&SAMPLE).bind(Arc::new(sent));
    assert!(form.is_valid() || form.has_errors());
    form.changed_data();
}

fn forms(text: &str, problems: &Problems) -> Forms {
    let folder = tempfile::tempdir().expect("a directory");
    std::fs::write(folder.path().join("forms.toml"), text).expect("the file is written");
    let no_code = |name: &str, _: &[&str]| Err(djr::diagnostic::Finding::error("unknown", name));
    load_forms(&Apps::new(vec![app(folder.path())]), None, &Zone::utc(), &no_code, problems)
}

fn app(folder: &Path) -> App {
    App {
        label: AppLabel::new("a").expect("a label"),
        source: AppSource::Disk(folder.to_owned()),
    }
}

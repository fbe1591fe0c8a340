//! `docs/settings.md` is what the reference of the settings says.

use std::fmt::Write as _;
use std::fs;

use djr::document::{Item, Value};
use djr::settings::reference::{SettingKey, keys};

use crate::root;

const PREFACE: &str = "\
# Settings

Every key of `djr.toml`, its default and what it is called in Django. This page is made from
`src/settings/reference.toml`: run `DJR_BLESS=1 cargo test --test repository` after a change there.

A setting comes from the first of these that has it:

1. an option of the command,
2. the environment: `DJR_` and the path with `__` for each dot, so `DJR_SESSIONS__COOKIE_AGE=60`; a list is
   TOML (`[\"a\", \"b\"]`) or separated by commas; a key of `[site]` keeps the type it has in the files,
3. `.env` in the project's directory, with the same names, read as a shell reads assignments, but `$` stands for itself;
   what is not djr's is passed over,
4. the file named by `--settings` or `DJR_SETTINGS`,
5. `djr.toml`,
6. the default below.

The tables of `[site]` are merged key by key. An unknown key is an error that names its place and the nearest known key;
variables that Kubernetes or Docker make for a service called `djr` (`DJR_PORT=tcp://...`, `DJR_SERVICE_HOST`), and
`DJR_ENV_FOO` beside the `DJR_NAME` of a container link, are passed over. No message shows what a variable holds. Numbers have the range behind their description, both ends included. Some variables are not settings:

| variable | what it is |
|---|---|
| `DJR_SECRET_KEY` | the key that signs sessions and tokens (Django's `SECRET_KEY`); never in `djr.toml` |
| `DJR_PROJECT` | the project's directory, as `--project` |
| `DJR_SETTINGS` | a file laid over `djr.toml`, as `--settings` |
| `DJR_SUPERUSER_USERNAME`, `_EMAIL`, `_PASSWORD` | the superuser of `createsuperuser --noinput`, `ensure superuser` and `up`, and `DJR_SUPERUSER_` with the name of a field that the user model requires; `DJANGO_SUPERUSER_*` count after them |
| `PORT` | the port of `runserver` when none is given |
| `NO_COLOR` | print without colour, as `--no-color` |

Paths are below the project's directory unless absolute. `*` stands for an alias; `default` is always there.
Tables named `[site]` and below hold whatever a project wants: templates see them as `site`.
";

#[test]
fn the_page_of_the_settings_is_up_to_date() {
    let path = root().join("docs/settings.md");
    let fresh = page();
    if std::env::var_os("DJR_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &fresh).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == fresh,
        "`docs/settings.md` is stale: run `DJR_BLESS=1 cargo test --test repository`",
    );
}

fn page() -> String {
    let mut page = PREFACE.to_owned();
    let mut table = "";
    for key in keys() {
        let (group, name) = key.path.rsplit_once('.').unwrap();
        if group != table {
            table = group;
            write!(page, "\n## `[{group}]`\n\n| key | default | what it does | in Django |\n|---|---|---|---|\n")
                .unwrap();
        }
        writeln!(page, "{}", row(name, key)).unwrap();
    }
    page
}

fn row(name: &str, key: &SettingKey) -> String {
    let default = key
        .default
        .as_ref()
        .map_or_else(String::new, |item| format!("`{}`", toml(item)));
    let django = key
        .django
        .as_ref()
        .map_or_else(String::new, |name| format!("`{name}`"));
    let range = key.range.map_or_else(String::new, |range| {
        format!(" ({} to {})", range.min, range.max)
    });
    format!(
        "| `{name}` | {default} | {}{range} | {django} |",
        key.help.replace('|', "\\|")
    )
}

fn toml(item: &Item) -> String {
    match &item.value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        other => panic!("no default is of this kind: {other:?}"),
    }
}

//! Layers, types and the messages for what is wrong.

use std::fs;
use std::time::Duration;

use proptest::prelude::*;

use super::reference::{SettingKey, keys};
use super::{CacheBackendName, SameSite, Settings};
use crate::document::Value;

fn messages(text: &str) -> Vec<String> {
    let findings = Settings::parse(text).unwrap_err().into_inner();
    let line = |finding: crate::diagnostic::Finding| {
        let hints = finding.hints.join("; ");
        format!("{finding} ({hints})")
    };
    findings.into_iter().map(line).collect()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let settings = Settings::parse("").unwrap();
    assert_eq!(settings.project.apps.len(), 6);
    assert_eq!(settings.project.middleware.len(), 7);
    assert_eq!(settings.sessions.cookie.age, Duration::from_secs(1_209_600));
    assert_eq!(settings.sessions.cookie.samesite, SameSite::Lax);
    assert!(settings.sessions.cookie.httponly && !settings.csrf.cookie.httponly);
    assert_eq!(settings.auth.costs.argon2_memory, 102_400);
    assert_eq!(settings.auth.logout_redirect_url, None);
    assert_eq!(settings.caches["default"].backend, CacheBackendName::Locmem);
    assert_eq!(
        settings.databases["default"].name.to_str(),
        Some("db.sqlite3")
    );
    assert_eq!(settings.server.max_head_size, 65_536);
    assert!(settings.secret_key().is_err());
}

#[test]
fn says_everything_that_is_wrong_at_once() {
    let text = r#"
DEBUG = true
debug = true
[project]
debgu = true
time_zone = "Europe/Atlantis"
apps = ["auth", "auth", "my-app"]
[sessions]
cookie_age = "long"
cookie_samesite = "lax"
[caches.default]
backend = "database"
[nosuch]
a = 1
"#;
    assert_eq!(
        messages(text),
        [
            "djr.toml:2:1: unknown key `DEBUG` (Django's `DEBUG` is `project.debug` here)",
            "djr.toml:3:1: unknown key `debug` (`debug` belongs in `[project]`)",
            "djr.toml:5:1: unknown key `debgu` in `[project]` (did you mean `debug`?)",
            "djr.toml:6:13: there is no time zone `Europe/Atlantis` (a zone is called like `Europe/Vienna` or `UTC`)",
            "djr.toml:7:17: app `auth` is listed twice ()",
            "djr.toml:7:25: `my-app` is not an app label: letters, digits and `_` only ()",
            "djr.toml:9:14: `sessions.cookie_age` must be a whole number from 1 to 3153600000, not a string ()",
            "djr.toml:10:19: `sessions.cookie_samesite` must be one of `Lax`, `Strict`, `None`, ``, not `lax` (did you mean `Lax`?)",
            "djr.toml:12:11: cache `default` needs `location`, the name of its table ()",
            "djr.toml:13:2: unknown key `nosuch` (keys of your own belong in `[site]`)",
        ]
    );
}

#[test]
fn lays_a_file_over_the_projects_own() {
    let root = tempfile::tempdir().unwrap();
    let own = "[project]\nname = 'blog'\ndebug = true\n[site]\ntitle = 'Blog'\n[databases.archive]\nname = 'a.sqlite3'\n";
    fs::write(root.path().join("djr.toml"), own).unwrap();
    fs::write(
        root.path().join(".env"),
        "DJR_SECRET_KEY=k\nDJR_SESSIONS__COOKIE_AGE=60\n",
    )
    .unwrap();
    let over = root.path().join("production.toml");
    fs::write(&over, "[project]\ndebug = false\n[site]\nmotto = 'on'\n").unwrap();
    let settings = Settings::load(root.path(), Some(&over)).unwrap();
    assert_eq!(settings.project.name, "blog");
    assert!(!settings.project.debug);
    assert_eq!(settings.site.keys().collect::<Vec<_>>(), ["motto", "title"]);
    assert_eq!(
        settings.databases.keys().collect::<Vec<_>>(),
        ["archive", "default"]
    );
    assert_eq!(settings.sessions.cookie.age, Duration::from_secs(60));
    assert_eq!(settings.secret_key().unwrap().expose(), "k");
    let place = settings.location("project.debug").unwrap();
    assert!(
        place.to_string().ends_with("production.toml:2:9"),
        "{place}"
    );
}

#[test]
fn a_site_setting_has_the_type_of_the_files_and_is_merged_key_by_key() {
    let root = tempfile::tempdir().unwrap();
    let own = "[site]\ntitle = 'Blog'\nmaintenance = true\nlimit = 3\n[site.social]\nGit-Hub = 'a'\nmail = ['x']\n";
    fs::write(root.path().join("djr.toml"), own).unwrap();
    fs::write(
        root.path().join(".env"),
        "DJR_SITE__TITLE=7\nDJR_SITE__MAINTENANCE=false\nDJR_SITE__LIMIT=9\nDJR_SITE__SOCIAL__GIT_HUB=b\n",
    )
    .unwrap();
    let over = root.path().join("production.toml");
    fs::write(&over, "[site.social]\nnews = true\n").unwrap();
    let settings = Settings::load(root.path(), Some(&over)).unwrap();
    let mut all = settings.all();
    all.retain(|setting| !setting.known);
    let mut site: Vec<_> = all
        .into_iter()
        .filter_map(|setting| setting.value)
        .collect();
    site.sort();
    assert_eq!(
        site,
        [
            "\"7\"",
            "9",
            "false",
            "{ Git-Hub = \"b\", mail = [\"x\"], news = true }",
        ]
    );
}

#[test]
fn a_site_variable_without_a_key_or_of_another_type_is_an_error() {
    let root = tempfile::tempdir().unwrap();
    let own = "[site]\ntitle = 'Blog'\nlimit = 3\n[site.social]\ngithub = 'a'\n";
    fs::write(root.path().join("djr.toml"), own).unwrap();
    fs::write(
        root.path().join(".env"),
        "DJR_SITE__TITEL=7\nDJR_SITE__LIMIT=many\nDJR_SITE__SOCIAL=x\nDJR_SITE__SOCIAL__MASTODON=b\n",
    )
    .unwrap();
    let findings = Settings::load(root.path(), None).unwrap_err().into_inner();
    let mut found: Vec<_> = findings
        .iter()
        .map(|finding| format!("{} ({})", finding.message, finding.hints.join("; ")))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "`DJR_SITE__LIMIT` must be a whole number ()",
            "`DJR_SITE__SOCIAL` must be several variables, one for each key of the table ()",
            "`[site.social]` has no key `mastodon`, whose type `DJR_SITE__SOCIAL__MASTODON` would take \
             (give it a default in `djr.toml`: `mastodon = \"\"` in `[site.social]`)",
            "`[site]` has no key `titel`, whose type `DJR_SITE__TITEL` would take (did you mean `DJR_SITE__TITLE`?)",
        ]
    );
    assert_eq!(
        messages("site = 3"),
        ["djr.toml:1:8: `site` must be a table, not an integer ()"]
    );
}

#[test]
fn shows_no_secret() {
    let settings = Settings::parse("").unwrap();
    let settings = settings.with_secret_key(super::SecretKey::new("hush"));
    assert!(!format!("{:?}", settings.secret_key()).contains("hush"));
}

#[test]
fn a_mistake_in_a_list_is_located_at_its_item() {
    let text = "[project]\nallowed_hosts = [\n  'example.com',\n  'https://b.com',\n]\napps = ['auth', 'a-b']\n";
    let found = messages(text);
    assert!(
        found[0].starts_with("djr.toml:4:3: `project.allowed_hosts` cannot have `https://b.com`: "),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("djr.toml:6:17: `a-b` is not an app label"),
        "{found:?}"
    );
}

#[test]
fn two_cookies_cannot_have_one_name() {
    let found = messages("[sessions]\ncookie_name = 'a'\n[csrf]\ncookie_name = 'a'\n");
    assert_eq!(
        found,
        ["djr.toml:4:15: two cookies cannot both be called `a`: it names the session's too ()"]
    );
    let found = messages("[sessions]\ncookie_name = 'messages'\n");
    assert!(found[0].contains("djr sets one itself"), "{found:?}");
}

#[test]
fn a_cookie_with_a_prefix_keeps_its_promise() {
    let read = |cookie: &str| Settings::parse(&format!("[sessions]\n{cookie}")).is_ok();
    let secure = "cookie_secure = true\n";
    for (cookie, is_kept) in [
        ("cookie_name = '__Host-a'".to_owned(), false),
        (format!("{secure}cookie_name = '__Host-a'"), true),
        (
            format!("{secure}cookie_name = '__Host-a'\ncookie_path = '/b/'"),
            false,
        ),
        (
            format!("{secure}cookie_name = '__Host-a'\ncookie_domain = 'example.com'"),
            false,
        ),
        ("cookie_name = '__Secure-a'".to_owned(), false),
        (
            format!("{secure}cookie_name = '__Secure-a'\ncookie_path = '/b/'"),
            true,
        ),
    ] {
        assert_eq!(read(&cookie), is_kept, "{cookie}");
    }
}

#[test]
fn settings_are_shown_without_values() {
    let text = "[project]\nname = 'blog'\n[mail]\npassword = 'hush'\n[caches.default]\nlocation = 'redis://a:hush@b'\n[site]\nkey = 'hush'";
    let shown = format!("{:?}", Settings::parse(text).unwrap());
    assert!(shown.contains("blog") && !shown.contains("hush"), "{shown}");
}

/// A `djr.toml` and the variables of one setting, which need not be right.
fn with_variable(path: &str, value: &str) -> Result<Settings, Vec<String>> {
    let name = format!(
        "DJR_{}",
        path.to_uppercase()
            .replace('.', "__")
            .replace('*', "DEFAULT")
    );
    let line = format!("{name}='{value}'\n");
    let settings = Settings::parse_with_dotenv("", line.as_bytes());
    settings.map_err(|findings| {
        let findings = findings.into_inner().into_iter();
        findings
            .map(|finding| format!("{finding} {:?}", finding.hints))
            .collect()
    })
}

proptest! {
    #[test]
    fn a_number_is_taken_within_its_range_alone(index in 0_usize..200, number in any::<i64>(), near in -3_i64..3) {
        let numbers: Vec<_> = keys().iter().filter_map(|key| Some((key, key.range.as_ref()?))).collect();
        let (key, range) = numbers[index % numbers.len()];
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "ranges are small")]
        for number in [number, range.min as i64 + near, (range.max as i64).saturating_add(near)] {
            let fits = (range.min..=range.max).contains(&(number as f64));
            let read = with_variable(&key.path, &number.to_string());
            // What two settings say together may be wrong with each of them right.
            let told = read.err().unwrap_or_default().concat();
            prop_assert_eq!(told.contains("number from "), !fits, "{} = {}: {}", key.path, number, told);
        }
    }

    #[test]
    fn no_message_shows_what_a_variable_says(index in 0_usize..500, value in "[a-z]{3}hush[ -&(-~]{0,12}") {
        let of_text = |key: &&SettingKey| {
            let default = key.default.as_ref().map(|item| &item.value);
            matches!(default, None | Some(Value::String(_) | Value::Array(_)))
        };
        let keys: Vec<_> = keys().iter().filter(of_text).collect();
        let key = keys[index % keys.len()];
        if let Err(told) = with_variable(&key.path, &value) {
            prop_assert!(!told.concat().contains("hush"), "{} = {}: {:?}", key.path, value, told);
        }
    }
}

/// What a person may have put into the wrong variable, each with `hush` in it.
const MISPLACED: [&str; 14] = [
    "hush",
    "['hush']",
    "[['hush']]",
    "[{ a = 'hush' }]",
    "['a', 'hush'",
    "x,hush",
    "https://user:hush@*",
    "hush@hush",
    "Name <hush>",
    "{% hush %}",
    "/hush hush",
    "redis://hush@",
    "!hush!.example.com:99999",
    "['://hush', '*.hush', 'hush; path=/']",
];

#[test]
fn no_setting_shows_what_a_variable_holds_and_each_names_the_variable() {
    let mut wrong = Vec::new();
    let numbers = ["48151623", "-48151623", "4815.1623", "9048151623000000000"];
    for key in keys() {
        let path = key.path.replace('*', "default");
        let name = format!("DJR_{}", path.to_uppercase().replace('.', "__"));
        let texts = MISPLACED.iter().chain(&numbers);
        for text in texts {
            let variable = format!("{name}=\"{text}\"\n");
            let Err(findings) = Settings::parse_with_dotenv("", variable.as_bytes()) else {
                continue;
            };
            for finding in findings.into_inner() {
                let shown = format!("{finding} {:?}", finding.hints).to_lowercase();
                let is_masked = !shown.contains("hush") && !shown.contains("4815");
                if !is_masked || !shown.starts_with(".env:1:1: ") {
                    wrong.push(format!("{variable}{shown}"));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn storages_are_told_their_mistakes_where_they_stand() {
    let errors = |text: &str| Settings::parse(text).unwrap_err().to_string();
    for (text, wanted) in [
        (
            "[storages.papers]\nbackend = 'filesystm'",
            "djr.toml:2:11: `storages.papers.backend` must be one of",
        ),
        (
            "[storages.papers]\nlocatoin = 'x'",
            "djr.toml:2:1: unknown key `locatoin` in `[storages.papers]`",
        ),
        (
            "[storages.papers]\nbackend = 'filesystem'",
            "djr.toml:2:11: storage `papers` needs `location`",
        ),
        (
            "[storages.papers]\nlocation = ''",
            "djr.toml:2:12: storage `papers` needs `location`",
        ),
        (
            "[storages.default]\nbase_url = 'media'",
            "djr.toml:2:12: `storages.default.base_url` cannot be `media`",
        ),
        (
            "[storages.default]\nfile_permissions_mode = 0o1000",
            "djr.toml:2:25: `storages.default.file_permissions_mode` must be a whole number from",
        ),
        (
            "[storages.x]\nbackend = 'memory'\nfile_permissions_mode = 0o600",
            "djr.toml:3:25: `storages.x.file_permissions_mode` means nothing with `backend = \"memory\"`",
        ),
        (
            "[storages.staticfiles]\nlocation = 'x'",
            "djr.toml:2:1: unknown key `location` in `[storages.staticfiles]`",
        ),
        (
            "[storages]\npapers = 'x'",
            "djr.toml:2:10: `storages.papers` must be a table",
        ),
    ] {
        let found = errors(text);
        assert!(found.contains(wanted), "{text}\n{found}");
    }
    let settings = Settings::parse("[media]\nurl = '/files/'\nroot = 'up'").unwrap();
    let storage = &settings.storages.files["default"];
    assert_eq!(
        (storage.base_url.as_str(), storage.location.as_str()),
        ("/files/", "up")
    );
    let settings = Settings::parse("[storages.default]\nbase_url = ''\nlocation = 'own'").unwrap();
    let storage = &settings.storages.files["default"];
    assert_eq!(
        (storage.base_url.as_str(), storage.location.as_str()),
        ("", "own")
    );
}

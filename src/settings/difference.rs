//! The settings of a project beside their defaults, as `diffsettings` shows them.

use crate::document::{Item, Value};
use crate::settings::Settings;
use crate::settings::reference::{self, SettingKey};
use crate::settings::secrets::{self, MASK};
use crate::settings::setting_path::part;

/// A setting, its value and its default.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its path, such as `project.debug`.
    pub path: String,
    /// Its value, as TOML; secrets are masked.
    pub value: Option<String>,
    /// Its default, as TOML; none where it has none.
    pub default: Option<String>,
    /// Whether it is one of djr's own, and not the project's.
    pub known: bool,
}

impl Setting {
    /// Whether the project says something else than the default.
    pub fn differs(&self) -> bool {
        self.value.is_some() && self.value != self.default
    }
}

impl Settings {
    /// All settings, those of the project itself last, secrets masked.
    pub fn all(&self) -> Vec<Setting> {
        let known = reference::keys().iter();
        let mut all: Vec<_> = known.flat_map(|key| self.expanded(key)).collect();
        if self.secret_key.is_some() {
            all.push(Setting {
                path: "secret_key".to_owned(),
                value: Some(MASK.to_owned()),
                default: None,
                known: true,
            });
        }
        all.sort_by(|left, right| left.path.cmp(&right.path));
        for (name, value) in &self.site {
            let path = format!("site.{name}");
            all.push(Setting {
                value: Some(to_toml(&path, value, true)),
                path,
                default: None,
                known: false,
            });
        }
        all
    }

    /// The setting of a key; one for each alias where the key has one.
    fn expanded(&self, key: &SettingKey) -> Vec<Setting> {
        let Some((before, after)) = key.path.split_once(".*.") else {
            return vec![self.setting(key, key.path.clone())];
        };
        let mut aliases = self.layers.names(before);
        let has_default = before.split('.').count() == 1;
        if has_default && !aliases.iter().any(|alias| alias == "default") {
            aliases.push("default".to_owned());
        }
        let paths = aliases
            .iter()
            .map(|alias| format!("{before}.{}.{after}", part(alias)));
        paths.map(|path| self.setting(key, path)).collect()
    }

    fn setting(&self, key: &SettingKey, path: String) -> Setting {
        let text = |item: &Item| to_toml(&path, &item.value, false);
        let built_in = self.layers.find_built_in(&path);
        let default = built_in.or(key.default.as_ref()).map(text);
        let given = self.layers.find(&path).map(text);
        Setting {
            value: given.or_else(|| default.clone()),
            default,
            known: true,
            path,
        }
    }
}

/// `value` as TOML; `strict` masks whatever is called like a secret.
fn to_toml(path: &str, value: &Value, guess_secrets: bool) -> String {
    let is_empty = matches!(value, Value::Array(items) if items.is_empty());
    let called_so = guess_secrets && secrets::is_called_so(path);
    let secret = called_so || secrets::is_secret_setting(path);
    match value {
        _ if secret && !is_empty => MASK.to_owned(),
        Value::String(text) => format!("{:?}", secrets::without_password(text)),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(value) => value.to_string(),
        Value::Datetime(moment) => moment.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| to_toml(path, &item.value, guess_secrets))
                .collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries = table.entries().iter().map(|entry| {
                let path = format!("{path}.{}", entry.key);
                format!(
                    "{} = {}",
                    entry.key,
                    to_toml(&path, &entry.item.value, guess_secrets)
                )
            });
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::Settings;

    #[test]
    fn secrets_are_masked_and_differences_found() {
        let text = "[project]\ndebug = true\n[security]\nsecret_key_fallbacks = ['old']\n\
                    [caches.default]\nbackend = 'redis'\nlocation = 'redis://:hush@host/1'\n\
                    [site]\nmail_password = 'hush'\ntitle = 'Blog'\n[site.pay]\napi_token = 'hush'\n";
        let settings = Settings::parse(text).unwrap();
        let all = settings.all();
        let differing: Vec<_> = all
            .iter()
            .filter(|setting| setting.differs())
            .map(|setting| format!("{} = {}", setting.path, setting.value.clone().unwrap()))
            .collect();
        assert_eq!(
            differing,
            [
                r#"caches.default.backend = "redis""#,
                r#"caches.default.location = "redis://********@host/1""#,
                "project.debug = true",
                r#"security.secret_key_fallbacks = "********""#,
                r#"site.mail_password = "********""#,
                r#"site.pay = { api_token = "********" }"#,
                r#"site.title = "Blog""#,
            ]
        );
        assert!(!format!("{all:?}").contains("hush"));
    }
}

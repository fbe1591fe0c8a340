//! The settings under Django's names, as code that is written for Django asks for them.

use crate::document::Value;
use crate::settings::{Settings, reference};

/// A setting under its name in Django.
#[derive(Clone, Debug)]
pub struct DjangoSetting<'s> {
    /// Its name: `SESSION_COOKIE_AGE`.
    pub name: &'static str,
    /// Its value.
    pub value: &'s Value,
}

impl Settings {
    /// All settings that Django has under a name of its own, secrets unmasked.
    pub fn django_settings(&self) -> Vec<DjangoSetting<'_>> {
        let keys = reference::keys().iter();
        let settings = keys.filter_map(|key| {
            let name = key.django.as_deref().filter(|name| is_name(name))?;
            let given = self.layers.find(&key.path);
            let item = given.or_else(|| self.layers.find_built_in(&key.path));
            let value = &item.or(key.default.as_ref())?.value;
            Some(DjangoSetting { name, value })
        });
        settings.collect()
    }
}

/// The path of each setting that Django has under a name of its own, behind that name.
pub fn django_paths() -> Vec<(&'static str, &'static str)> {
    let keys = reference::keys().iter();
    let named = keys.filter_map(|key| {
        let name = key.django.as_deref().filter(|name| is_name(name))?;
        Some((name, key.path.as_str()))
    });
    named.collect()
}

/// Whether `name` is that of a setting alone, and not a part of one or an option elsewhere.
fn is_name(name: &str) -> bool {
    let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(is_upper)
}

#[cfg(test)]
mod tests {
    use crate::document::Value;
    use crate::settings::Settings;

    #[test]
    fn settings_have_the_names_of_django() {
        let text = "[sessions]\ncookie_age = 60\n";
        let settings = Settings::parse(text).unwrap();
        let all = settings.django_settings();
        let value = |name: &str| {
            let found = all.iter().find(|setting| setting.name == name);
            found.map(|setting| setting.value)
        };
        assert!(matches!(
            value("SESSION_COOKIE_AGE"),
            Some(Value::Integer(60))
        ));
        assert!(
            matches!(value("CSRF_COOKIE_NAME"), Some(Value::String(name)) if name == "csrftoken")
        );
        assert!(value("DATABASES['default']['NAME']").is_none());
    }
}

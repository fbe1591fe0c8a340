//! Variables of the environment that are wrong.

use crate::support::Project;

fn project() -> Project {
    let place = Project::empty();
    place.djr(["startproject", "blog", "."]).success();
    place
}

#[test]
fn no_message_shows_a_text_of_the_environment() {
    for (name, value) in [
        ("DJR_PROJECT__ALLOWED_HOSTS", "https://hush"),
        ("DJR_PROJECT__ALLOWED_HOSTS", "example.com, https://hush"),
        ("DJR_PROJECT__APPS", "auth,contenttypes,hush-hush"),
        ("DJR_PROJECT__MIDDLEWARE", "hush"),
        ("DJR_PROJECT__TIME_ZONE", "hush"),
        ("DJR_SESSIONS__COOKIE_NAME", "hush;"),
        ("DJR_SESSIONS__COOKIE_SAMESITE", "hush"),
        ("DJR_SESSIONS__COOKIE_DOMAIN", "https://hush"),
        ("DJR_CACHES__DEFAULT__BACKEND", "hush"),
        ("DJR_SECURITY__TRUSTED_PROXIES", "10.0.0.1,hush"),
        ("DJR_SECURITY__REFERRER_POLICY", "origin, hush"),
        ("DJR_CSRF__TRUSTED_ORIGINS", "hush"),
        ("DJR_MAIL__DEFAULT_FROM", "hush"),
        ("DJR_MAIL__ADMINS", "hush"),
        ("DJR_MAIL__HOST", "smtp://hush"),
        ("DJR_STATIC__URL", "hush"),
        ("DJR_AUTH__LOGIN_URL", "hush"),
        ("DJR_AUTH__USER_MODEL", "hush"),
        ("DJR_AUTH__PASSWORD_HASHERS", "hush"),
        ("DJR_AUTH__PASSWORD_VALIDATORS", "hush"),
    ] {
        let checked = project().env(name, value).djr(["check"]).exited(1);
        let shown = checked.stderr();
        assert!(!shown.contains("hush"), "{name}\n{shown}");
        assert!(
            shown.contains(&format!("environment variable {name}: ")),
            "{shown}"
        );
    }
}

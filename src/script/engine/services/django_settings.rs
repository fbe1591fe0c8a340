//! The settings of services under Django's names, with Django's values.

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::mail::Mailbox;
use crate::settings::{CacheBackendName, CacheSettings, MailBackend, SessionEngineName, Settings};

/// Lays what services are called in Django over `all`.
pub(in crate::script::engine) fn django_settings(
    settings: &Settings,
    all: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
    let backend = settings.mail.class.clone().unwrap_or_else(|| {
        let backend = mail_backend(settings.mail.backend);
        format!("django.core.mail.backends.{backend}.EmailBackend")
    });
    all.set_item("EMAIL_BACKEND", text(&backend), vm)?;
    all.set_item("ADMINS", people(&settings.mail.admins, vm), vm)?;
    all.set_item("MANAGERS", people(&settings.mail.managers, vm), vm)?;
    let engine = settings.sessions.module.clone().unwrap_or_else(|| {
        let engine = session_engine(settings.sessions.engine);
        format!("django.contrib.sessions.backends.{engine}")
    });
    all.set_item("SESSION_ENGINE", text(&engine), vm)?;
    let serializer = "django.contrib.sessions.serializers.JSONSerializer";
    all.set_item("SESSION_SERIALIZER", text(serializer), vm)?;
    let storage = "django.contrib.messages.storage.fallback.FallbackStorage";
    all.set_item("MESSAGE_STORAGE", text(storage), vm)?;
    let backends = settings.auth.backends.iter().map(|name| text(name));
    let backends = vm.ctx.new_list(backends.collect());
    all.set_item("AUTHENTICATION_BACKENDS", backends.into(), vm)?;
    let hashers = settings.auth.password_hashers.iter();
    let hashers = hashers.map(|name| text(&password_hasher(name)));
    let hashers = vm.ctx.new_list(hashers.collect());
    all.set_item("PASSWORD_HASHERS", hashers.into(), vm)?;
    all.set_item(
        "AUTH_PASSWORD_VALIDATORS",
        password_validators(settings, vm)?,
        vm,
    )?;
    let caches = vm.ctx.new_dict();
    for (alias, cache) in &settings.caches {
        caches.set_item(alias.as_str(), cache_settings(cache, vm)?, vm)?;
    }
    all.set_item("CACHES", caches.into(), vm)
}

/// The module of Django's that does the same.
fn mail_backend(backend: MailBackend) -> &'static str {
    match backend {
        MailBackend::Smtp => "smtp",
        MailBackend::Console => "console",
        MailBackend::File => "filebased",
        MailBackend::Memory => "locmem",
        // A class of the project has its own name.
        MailBackend::Dummy | MailBackend::Class => "dummy",
    }
}

fn session_engine(engine: SessionEngineName) -> &'static str {
    match engine {
        // A class of the project has its own name.
        SessionEngineName::Database | SessionEngineName::Class => "db",
        SessionEngineName::Cache => "cache",
        SessionEngineName::CachedDatabase => "cached_db",
        SessionEngineName::File => "file",
        SessionEngineName::SignedCookies => "signed_cookies",
    }
}

fn password_hasher(name: &str) -> String {
    if name.contains('.') {
        return name.to_owned();
    }
    let class = match name {
        "argon2" => "Argon2PasswordHasher",
        "pbkdf2_sha256" => "PBKDF2PasswordHasher",
        "pbkdf2_sha1" => "PBKDF2SHA1PasswordHasher",
        "bcrypt_sha256" => "BCryptSHA256PasswordHasher",
        "scrypt" => "ScryptPasswordHasher",
        "bcrypt" => "BCryptPasswordHasher",
        "md5" => "MD5PasswordHasher",
        other => other,
    };
    format!("django.contrib.auth.hashers.{class}")
}

fn password_validators(settings: &Settings, vm: &VirtualMachine) -> PyResult {
    let names = settings.auth.password_validators.iter();
    let validators = names.map(|name| {
        let class = match name.as_str() {
            "similarity" => "UserAttributeSimilarityValidator",
            "minimum_length" => "MinimumLengthValidator",
            "guessable" | "common" => "CommonPasswordValidator",
            "numeric" => "NumericPasswordValidator",
            other => other,
        };
        let is_own = settings.auth.own_validators().any(|own| own == name);
        let class = if is_own {
            name.clone()
        } else {
            format!("django.contrib.auth.password_validation.{class}")
        };
        let validator = vm.ctx.new_dict();
        validator.set_item("NAME", vm.ctx.new_str(class).into(), vm)?;
        if name == "minimum_length" {
            let options = vm.ctx.new_dict();
            let length = vm.ctx.new_int(settings.auth.password_min_length);
            options.set_item("min_length", length.into(), vm)?;
            validator.set_item("OPTIONS", options.into(), vm)?;
        }
        Ok(validator.into())
    });
    let validators = validators.collect::<PyResult<Vec<_>>>()?;
    Ok(vm.ctx.new_list(validators).into())
}

/// Names and addresses in pairs.
fn people(addresses: &[String], vm: &VirtualMachine) -> PyObjectRef {
    let pairs = addresses.iter().map(|text| {
        let mailbox = text.parse::<Mailbox>().ok();
        let (name, address) = mailbox.map_or_else(
            || (String::new(), text.clone()),
            |mailbox| (mailbox.name.clone(), mailbox.address.to_string()),
        );
        let parts = [name, address].map(|part| vm.ctx.new_str(part).into());
        vm.ctx.new_tuple(parts.into()).into()
    });
    vm.ctx.new_list(pairs.collect()).into()
}

fn cache_settings(cache: &CacheSettings, vm: &VirtualMachine) -> PyResult {
    let backend = match cache.backend {
        CacheBackendName::Locmem => "locmem.LocMemCache",
        CacheBackendName::Database => "db.DatabaseCache",
        CacheBackendName::File => "filebased.FileBasedCache",
        // A class of the project has its own name.
        CacheBackendName::Dummy | CacheBackendName::Class => "dummy.DummyCache",
        CacheBackendName::Redis => "redis.RedisCache",
        CacheBackendName::Memcached => "memcached.PyMemcacheCache",
    };
    let backend = match &cache.class {
        Some(class) => class.clone(),
        None => format!("django.core.cache.backends.{backend}"),
    };
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
    let options = vm.ctx.new_dict();
    options.set_item("MAX_ENTRIES", vm.ctx.new_int(cache.max_entries).into(), vm)?;
    let frequency = vm.ctx.new_int(cache.cull_frequency);
    options.set_item("CULL_FREQUENCY", frequency.into(), vm)?;
    let timeout = cache.timeout.map_or_else(
        || vm.ctx.none(),
        |timeout| vm.ctx.new_int(timeout.as_secs()).into(),
    );
    let all = vm.ctx.new_dict();
    all.set_item("BACKEND", text(&backend), vm)?;
    all.set_item("LOCATION", text(&cache.location), vm)?;
    all.set_item("TIMEOUT", timeout, vm)?;
    all.set_item("KEY_PREFIX", text(&cache.key_prefix), vm)?;
    all.set_item("VERSION", vm.ctx.new_int(cache.version).into(), vm)?;
    all.set_item("OPTIONS", options.into(), vm)?;
    Ok(all.into())
}

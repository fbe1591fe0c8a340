//! `[storages.ALIAS]` with `backend = "s3"`: a bucket of a service that speaks the protocol of S3.
//!
//! The keys are the options that django-storages has under the same names.

use std::time::Duration;

use crate::settings::environment::Environment;
use crate::settings::reader::SettingsReader;
use crate::settings::sections::secret_key::SecretKey;

/// Variables that the keys come from where the settings have none, as of all tools for the protocol.
const ACCESS_KEY_VARIABLES: [&str; 2] = ["AWS_S3_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID"];
const SECRET_KEY_VARIABLES: [&str; 2] = ["AWS_S3_SECRET_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY"];
const TOKEN_VARIABLES: [&str; 2] = ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

/// What is sent along with each object, by the keys in `object_parameters`.
const OBJECT_PARAMETERS: [(&str, &str); 7] = [
    ("cache_control", "cache-control"),
    ("content_disposition", "content-disposition"),
    ("content_encoding", "content-encoding"),
    ("content_language", "content-language"),
    ("server_side_encryption", "x-amz-server-side-encryption"),
    (
        "ssekms_key_id",
        "x-amz-server-side-encryption-aws-kms-key-id",
    ),
    ("storage_class", "x-amz-storage-class"),
];

/// Who may do what with an object: the canned lists of the protocol.
const ACLS: [&str; 8] = [
    "",
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
];

/// Keys that mean something to this backend alone.
pub(super) const S3_KEYS: [&str; 15] = [
    "bucket_name",
    "access_key",
    "secret_key",
    "security_token",
    "region_name",
    "endpoint_url",
    "addressing_style",
    "custom_domain",
    "url_protocol",
    "querystring_auth",
    "querystring_expire",
    "default_acl",
    "file_overwrite",
    "object_parameters",
    "timeout",
];

/// A bucket, and how it is used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct S3StorageSettings {
    /// The bucket.
    pub bucket_name: String,
    /// Who signs requests; `None` sends them unsigned.
    pub credentials: Option<S3Credentials>,
    /// Where the bucket is.
    pub region_name: String,
    /// The address of the service; `None` is Amazon's in the region.
    pub endpoint_url: Option<String>,
    /// Where the name of the bucket stands in addresses.
    pub addressing_style: AddressingStyle,
    /// The host that browsers ask instead of the service.
    pub custom_domain: Option<String>,
    /// What stands before the custom domain: `https:`.
    pub url_protocol: String,
    /// Whether addresses are signed, so that a bucket can be private.
    pub querystring_auth: bool,
    /// How long a signed address works.
    pub querystring_expire: Duration,
    /// Whether a file takes the place of one that has its name.
    pub file_overwrite: bool,
    /// Headers that each object is stored with.
    pub object_headers: Vec<ObjectHeader>,
    /// How long the service is waited for.
    pub timeout: Duration,
}

/// The keys of an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct S3Credentials {
    /// Its name.
    pub access_key: SecretKey,
    /// What it signs with.
    pub secret_key: SecretKey,
    /// What proves keys that hold for a while.
    pub security_token: Option<SecretKey>,
}

/// Where the name of the bucket stands in addresses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AddressingStyle {
    /// Before the host at Amazon, else in the path.
    Auto,
    /// In the path.
    Path,
    /// Before the host.
    Virtual,
}

/// A header that an object is stored with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ObjectHeader {
    /// Its name, in lower case.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

const ADDRESSING_STYLES: [(&str, AddressingStyle); 3] = [
    ("auto", AddressingStyle::Auto),
    ("path", AddressingStyle::Path),
    ("virtual", AddressingStyle::Virtual),
];

/// The bucket of the storage `alias`.
pub(super) fn s3(
    reader: &SettingsReader<'_>,
    environment: &Environment,
    alias: &str,
) -> S3StorageSettings {
    let path = |key: &str| format!("storages.{alias}.{key}");
    let auto = AddressingStyle::Auto;
    for (key, mistake) in [
        (
            "endpoint_url",
            endpoint_mistake as fn(&str) -> Option<String>,
        ),
        ("custom_domain", domain_mistake),
        ("url_protocol", protocol_mistake),
    ] {
        if let Some(text) = reader.nonempty(&path(key)) {
            reader.check_with(&path(key), &text, mistake);
        }
    }
    S3StorageSettings {
        bucket_name: reader.get(&path("bucket_name")),
        credentials: credentials(reader, environment, alias),
        region_name: reader.get(&path("region_name")),
        endpoint_url: reader.nonempty(&path("endpoint_url")),
        addressing_style: reader.choice(&path("addressing_style"), &ADDRESSING_STYLES, auto),
        custom_domain: reader.nonempty(&path("custom_domain")),
        url_protocol: reader.get(&path("url_protocol")),
        querystring_auth: reader.get(&path("querystring_auth")),
        querystring_expire: reader.seconds(&path("querystring_expire")),
        file_overwrite: reader.get(&path("file_overwrite")),
        object_headers: object_headers(reader, alias),
        timeout: reader.seconds(&path("timeout")),
    }
}

fn object_headers(reader: &SettingsReader<'_>, alias: &str) -> Vec<ObjectHeader> {
    let acl_path = format!("storages.{alias}.default_acl");
    let acls = ACLS.map(|acl| (acl, acl));
    let acl = ObjectHeader {
        name: "x-amz-acl",
        value: reader.choice(&acl_path, &acls, "").to_owned(),
    };
    let parameters = OBJECT_PARAMETERS.iter().map(|(key, name)| {
        let path = format!("storages.{alias}.object_parameters.{key}");
        let value: String = reader.get(&path);
        reader.check_with(&path, &value, header_mistake);
        ObjectHeader { name, value }
    });
    let headers = std::iter::once(acl).chain(parameters);
    headers.filter(|header| !header.value.is_empty()).collect()
}

fn credentials(
    reader: &SettingsReader<'_>,
    environment: &Environment,
    alias: &str,
) -> Option<S3Credentials> {
    let path = |key: &str| format!("storages.{alias}.{key}");
    let own = |key: &str| reader.nonempty(&path(key));
    let (access_key, secret_key) = (own("access_key"), own("secret_key"));
    if access_key.is_none() && secret_key.is_none() {
        let of_environment = |names: [&str; 2]| {
            let mut found = names.iter().filter_map(|name| environment.get(name));
            found.next().map(SecretKey::new)
        };
        return Some(S3Credentials {
            access_key: of_environment(ACCESS_KEY_VARIABLES)?,
            secret_key: of_environment(SECRET_KEY_VARIABLES)?,
            security_token: of_environment(TOKEN_VARIABLES),
        });
    }
    for (key, found, other) in [
        ("access_key", &access_key, "secret_key"),
        ("secret_key", &secret_key, "access_key"),
    ] {
        let message = format!("storage `{alias}` has `{other}` and lacks `{key}`");
        reader.check(&path(other), found.is_some(), message);
    }
    Some(S3Credentials {
        access_key: SecretKey::new(access_key?),
        secret_key: SecretKey::new(secret_key?),
        security_token: own("security_token").map(SecretKey::new),
    })
}

/// Why `text` is not the address of a service.
fn endpoint_mistake(text: &str) -> Option<String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    let mistake = match host {
        None => "it must begin with `https://` or `http://`",
        Some("") => "it lacks a host",
        Some(host) if host.contains('@') => "keys belong in `access_key` and `secret_key`",
        Some(_) if text.contains(['?', '#']) || text.contains(char::is_whitespace) => {
            "it must be an address without query"
        }
        Some(_) => return None,
    };
    Some(mistake.to_owned())
}

/// Why `text` is not the name of a host, with a path behind it or without.
fn domain_mistake(text: &str) -> Option<String> {
    let is_wrong = text.contains("//")
        || text.contains(['?', '#', '@'])
        || text.contains(char::is_whitespace)
        || text.starts_with('/');
    is_wrong.then(|| "it must be a host such as `cdn.example.com`".to_owned())
}

fn protocol_mistake(text: &str) -> Option<String> {
    let is_known = ["https:", "http:", ""].contains(&text);
    (!is_known).then(|| "it must be `https:` or `http:`".to_owned())
}

/// Why `text` cannot be the value of a header.
fn header_mistake(text: &str) -> Option<String> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (!is_plain).then(|| "it must be of printable ASCII".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::settings::{AddressingStyle, S3StorageSettings, Settings};

    fn bucket(settings: &Settings) -> S3StorageSettings {
        settings.storages.files["default"].s3.clone().unwrap()
    }

    fn parse(lines: &str) -> Settings {
        let text = format!("[storages.default]\nbackend = 's3'\nbucket_name = 'b'\n{lines}");
        Settings::parse(&text).unwrap()
    }

    #[test]
    fn a_bucket_alone_has_the_rest_by_default() {
        let bucket = bucket(&parse(""));
        assert_eq!(bucket.addressing_style, AddressingStyle::Auto);
        assert_eq!(bucket.region_name, "us-east-1");
        assert_eq!(bucket.url_protocol, "https:");
        assert!(bucket.querystring_auth && !bucket.file_overwrite);
        assert_eq!(bucket.querystring_expire.as_secs(), 3600);
        assert_eq!((bucket.credentials, bucket.object_headers), (None, vec![]));
    }

    #[test]
    fn keys_come_from_the_settings_or_from_the_variables_of_the_protocol() {
        let text = "[storages.default]\nbackend = 's3'\nbucket_name = 'b'\n";
        let variables = "AWS_ACCESS_KEY_ID=a\nAWS_S3_SECRET_ACCESS_KEY=s\nAWS_SESSION_TOKEN=t\n";
        let exposed = |text: &str| {
            let settings = Settings::parse_with_dotenv(text, variables.as_bytes()).unwrap();
            let keys = bucket(&settings).credentials.unwrap();
            let token = keys
                .security_token
                .as_ref()
                .map(|token| token.expose().to_owned());
            (
                keys.access_key.expose().to_owned(),
                keys.secret_key.expose().to_owned(),
                token,
            )
        };
        assert_eq!(
            exposed(text),
            ("a".to_owned(), "s".to_owned(), Some("t".to_owned()))
        );
        let own = exposed(&format!("{text}access_key = 'x'\nsecret_key = 'y'\n"));
        assert_eq!(own, ("x".to_owned(), "y".to_owned(), None));
    }

    #[test]
    fn no_listing_shows_a_key() {
        let settings = parse("access_key = 'hush'\nsecret_key = 'hush'\nsecurity_token = 'hush'\n");
        let all = settings.all();
        assert!(!format!("{all:?}{:?}", bucket(&settings)).contains("hush"));
        let masked = all.iter().filter(|setting| {
            setting.path.starts_with("storages.default")
                && setting.value.as_deref() == Some("\"********\"")
        });
        assert_eq!(masked.count(), 3);
    }

    #[test]
    fn mistakes_are_told_where_they_stand() {
        for (lines, expected) in [
            (
                "access_key = 'a'",
                "djr.toml:4:14: storage `default` has `access_key` and lacks `secret_key`",
            ),
            (
                "secret_key = 'a'",
                "djr.toml:4:14: storage `default` has `secret_key` and lacks `access_key`",
            ),
            (
                "endpoint_url = 's3.example.com'",
                "must begin with `https://`",
            ),
            ("endpoint_url = 'https:///x'", "lacks a host"),
            (
                "endpoint_url = 'https://a:b@example.com'",
                "keys belong in `access_key`",
            ),
            (
                "custom_domain = 'https://cdn.example.com'",
                "must be a host",
            ),
            ("url_protocol = 'https'", "must be `https:` or `http:`"),
            ("addressing_style = 'pth'", "did you mean `path`?"),
            ("default_acl = 'public_read'", "did you mean `public-read`?"),
            (
                "object_parameters = { cache_controll = 'x' }",
                "cache_control",
            ),
            (
                "object_parameters = { cache_control = \"a\\nb\" }",
                "printable ASCII",
            ),
            ("bucket_nam = 'x'", "did you mean `bucket_name`?"),
            ("querystring_expire = 700000", "from 1 to 604800"),
        ] {
            let text = format!("[storages.default]\nbackend = 's3'\nbucket_name = 'b'\n{lines}\n");
            let found = Settings::parse(&text).unwrap_err();
            let found = format!("{found}{found:?}");
            assert!(found.contains(expected), "{lines}: {found}");
        }
        let found = Settings::parse("[storages.default]\nbackend = 's3'\n")
            .unwrap_err()
            .to_string();
        assert!(
            found.contains("djr.toml:2:11: storage `default` needs `bucket_name`"),
            "{found}"
        );
        let found = Settings::parse("[storages.other]\nlocation = 'x'\nbucket_name = 'b'\n")
            .unwrap_err()
            .to_string();
        assert!(
            found.contains("means nothing with `backend = \"filesystem\"`"),
            "{found}"
        );
    }
}

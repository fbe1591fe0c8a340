//! Files in a bucket of a service that speaks the protocol of S3.
//!
//! 1. [`S3Storage`] makes keys of names, and addresses of keys.
//! 2. `client` signs a request, sends it within the timeout, and repeats it where the connection broke.
//! 3. `upload` brings a file into the bucket, in parts where it is large; `listing` goes through what is there.
//!
//! All of it is synchronous, as the workers that call are: `rusty-s3` signs and reads, `ureq` sends. Rejected: the crate
//! `object_store`. It is asynchronous, so that a runtime would stand beside that of the server; it brings 30 crates in
//! place of 4; and its paths refuse or rewrite keys that Django's storage writes.

mod client;
mod content_reader;
mod error;
mod listing;
#[cfg(test)]
mod tests;
mod upload;

use std::io::Read;
use std::time::SystemTime;

use rusty_s3::actions::{DeleteObject, GetObject, HeadObject, S3Action as _};
use rusty_s3::{Bucket, Credentials, UrlStyle};
use ureq::Body;
use ureq::http::{HeaderMap, Response};

use crate::clock::{Moment, Zone};
use crate::http::percent::{encode, safe};
use crate::http::{UploadedFile, date};
use crate::settings::{AddressingStyle, S3StorageSettings};
use crate::staticfiles::{content_type, is_passive};
use crate::storage::s3::client::{Payload, S3Client};
use crate::storage::s3::error::S3Error;
use crate::storage::s3::listing::{Depth, ObjectPages, key_below};
use crate::storage::s3::upload::{Upload, UploadHeader};
use crate::storage::{
    FileMetadata, FileVisitor, Listing, ReadableFile, Storage, StorageError, WalkedFile, names,
};

/// Files in a bucket.
#[derive(Debug)]
pub struct S3Storage {
    client: S3Client,
    /// What all keys begin with: empty, or with a slash at its end.
    prefix: String,
    settings: S3StorageSettings,
}

impl S3Storage {
    /// The files below `location` in the bucket of `settings`, which is not asked for anything yet.
    ///
    /// Fails with what is wrong with the address of the service.
    pub fn new(location: &str, settings: &S3StorageSettings) -> Result<Self, String> {
        let amazon = format!("https://s3.{}.amazonaws.com", settings.region_name);
        let endpoint = settings.endpoint_url.as_deref().unwrap_or(&amazon);
        let endpoint = endpoint
            .parse()
            .map_err(|error| format!("`{endpoint}` is not an address: {error}"))?;
        let (name, region) = (settings.bucket_name.clone(), settings.region_name.clone());
        let bucket = Bucket::new(endpoint, url_style(settings), name, region)
            .map_err(|error| format!("its bucket has no address: {error}"))?;
        let credentials = settings.credentials.as_ref().map(|keys| {
            let (key, secret) = (keys.access_key.expose(), keys.secret_key.expose());
            match &keys.security_token {
                Some(token) => Credentials::new_with_token(key, secret, token.expose()),
                None => Credentials::new(key, secret),
            }
        });
        let location = location.trim_matches('/');
        Ok(Self {
            client: S3Client::new(bucket, credentials, settings.timeout),
            prefix: match location {
                "" => String::new(),
                location => format!("{location}/"),
            },
            settings: settings.clone(),
        })
    }

    /// The key of the file called `name`.
    fn key(&self, name: &str) -> Result<String, StorageError> {
        Ok(format!("{}{}", self.prefix, names::checked(name)?))
    }

    /// What messages call the service and its bucket.
    fn service(&self) -> String {
        let address = self.client.bucket.base_url();
        let host = address.host_str().unwrap_or_default();
        let port = address.port().map(|port| format!(":{port}"));
        format!(
            "{host}{}, bucket `{}`",
            port.unwrap_or_default(),
            self.settings.bucket_name
        )
    }

    /// `error`, which a request about the file `name` had.
    fn failure(&self, name: &str, error: S3Error) -> StorageError {
        let name = name.to_owned();
        let service = self.service();
        match error {
            S3Error::Refused {
                status: 404, code, ..
            } if code == "NoSuchKey" => StorageError::NotFound { name },
            // Two uploads that are on their way to one name are in conflict before one of them is there.
            S3Error::Refused {
                status: 409 | 412, ..
            } => StorageError::Exists { name },
            S3Error::Refused { code, message, .. } => StorageError::Refused {
                service,
                code,
                message,
            },
            S3Error::Content(source) => StorageError::Io {
                action: "read",
                place: name,
                source,
            },
            error => StorageError::Unavailable {
                service,
                source: Box::new(error),
            },
        }
    }

    /// What an object of this name is stored with.
    fn headers(&self, name: &str) -> Vec<UploadHeader> {
        let kind = content_type(name);
        let own = self.settings.object_headers.iter();
        let own = own.map(|header| (header.name, header.value.clone()));
        let mut headers: Vec<_> = own.collect();
        let is_told = headers
            .iter()
            .any(|(name, _)| *name == "content-disposition");
        if !is_passive(&kind) && !is_told {
            // What could run as part of a site is saved: a visitor made it.
            headers.push(("content-disposition", "attachment".to_owned()));
        }
        headers.push(("content-type", kind));
        headers
    }

    fn pages<'p>(&'p self, prefix: &'p str, depth: Depth) -> ObjectPages<'p> {
        ObjectPages::new(&self.client, prefix, depth)
    }
}

impl Storage for S3Storage {
    fn open(&self, name: &str) -> Result<ReadableFile, StorageError> {
        let key = self.key(name)?;
        let client = &self.client;
        let action = GetObject::new(&client.bucket, client.credentials.as_ref(), &key);
        let answer = client.send(action, Payload::Empty);
        let answer = answer.map_err(|error| self.failure(name, error))?;
        Ok(ReadableFile {
            metadata: metadata(answer.headers()),
            reader: reader(answer),
        })
    }

    fn create(&self, name: &str, content: &UploadedFile) -> Result<(), StorageError> {
        let upload = Upload {
            client: &self.client,
            key: &self.key(name)?,
            headers: self.headers(name),
            overwrite: self.settings.file_overwrite,
        };
        upload
            .run(content)
            .map_err(|error| self.failure(name, error))
    }

    fn overwrites(&self) -> bool {
        self.settings.file_overwrite
    }

    fn delete(&self, name: &str) -> Result<(), StorageError> {
        let key = self.key(name)?;
        let client = &self.client;
        let action = DeleteObject::new(&client.bucket, client.credentials.as_ref(), &key);
        match client.send(action, Payload::Empty) {
            Ok(_) => Ok(()),
            Err(error) => match self.failure(name, error) {
                StorageError::NotFound { .. } => Ok(()),
                failure => Err(failure),
            },
        }
    }

    fn exists(&self, name: &str) -> Result<bool, StorageError> {
        match self.metadata(name) {
            Ok(_) => Ok(true),
            Err(StorageError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn listdir(&self, path: &str) -> Result<Listing, StorageError> {
        let prefix = match path.trim_matches('/') {
            "" => self.prefix.clone(),
            path => format!("{}/", self.key(path)?),
        };
        let mut listing = Listing::default();
        for page in self.pages(&prefix, Depth::Directory) {
            let page = page.map_err(|error| self.failure(path, error))?;
            let directories = page.common_prefixes.iter().filter_map(|found| {
                let name = found.prefix.strip_prefix(&prefix)?.trim_end_matches('/');
                (!name.is_empty()).then(|| name.to_owned())
            });
            listing.directories.extend(directories);
            let files = page.contents.iter();
            let files = files.filter_map(|object| key_below(object, &prefix));
            listing.files.extend(files.map(ToOwned::to_owned));
        }
        if !path.is_empty() && listing == Listing::default() {
            // A directory is no more than the files below it.
            let name = path.to_owned();
            return Err(StorageError::NotFound { name });
        }
        listing.directories.sort_unstable();
        listing.files.sort_unstable();
        Ok(listing)
    }

    fn metadata(&self, name: &str) -> Result<FileMetadata, StorageError> {
        let key = self.key(name)?;
        let client = &self.client;
        let action = HeadObject::new(&client.bucket, client.credentials.as_ref(), &key);
        let answer = client.send(action, Payload::Empty);
        let answer = answer.map_err(|error| self.failure(name, error))?;
        Ok(metadata(answer.headers()))
    }

    fn url(&self, name: &str) -> Result<String, StorageError> {
        let key = self.key(name)?;
        let settings = &self.settings;
        if let Some(domain) = &settings.custom_domain {
            let path = encode(&key, safe::PATH);
            let protocol = &settings.url_protocol;
            return Ok(format!(
                "{protocol}//{}/{path}",
                domain.trim_end_matches('/')
            ));
        }
        let bucket = &self.client.bucket;
        let credentials = self.client.credentials.as_ref();
        if !settings.querystring_auth {
            return Ok(bucket.object_url(&key).to_string());
        }
        let action = GetObject::new(bucket, credentials, &key);
        Ok(action.sign(settings.querystring_expire).to_string())
    }

    /// One request for 1,000 files, in place of one for each.
    fn walk(&self, visit: &mut FileVisitor<'_>) -> Result<(), StorageError> {
        for page in self.pages(&self.prefix, Depth::Whole) {
            let page = page.map_err(|error| self.failure(&self.prefix, error))?;
            for object in &page.contents {
                let Some(name) = key_below(object, &self.prefix) else {
                    continue;
                };
                let modified = object.last_modified.as_deref();
                visit(WalkedFile {
                    name: name.to_owned(),
                    metadata: FileMetadata {
                        size: object.size.unwrap_or_default(),
                        modified: modified.map_or(SystemTime::UNIX_EPOCH, moment),
                    },
                })?;
            }
        }
        Ok(())
    }
}

/// Where the name of the bucket stands: at Amazon it is part of the host wherever certificates cover that.
fn url_style(settings: &S3StorageSettings) -> UrlStyle {
    let is_label = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    match settings.addressing_style {
        AddressingStyle::Virtual => UrlStyle::VirtualHost,
        AddressingStyle::Auto
            if settings.endpoint_url.is_none() && is_label(&settings.bucket_name) =>
        {
            UrlStyle::VirtualHost
        }
        AddressingStyle::Auto | AddressingStyle::Path => UrlStyle::Path,
    }
}

fn metadata(headers: &HeaderMap) -> FileMetadata {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let modified = text("last-modified").and_then(date::parse);
    FileMetadata {
        size: text("content-length")
            .and_then(|size| size.parse().ok())
            .unwrap_or_default(),
        modified: modified.unwrap_or(SystemTime::UNIX_EPOCH),
    }
}

fn moment(text: &str) -> SystemTime {
    Moment::parse(text, &Zone::utc()).map_or(SystemTime::UNIX_EPOCH, SystemTime::from)
}

/// What is read while it comes.
fn reader(answer: Response<Body>) -> Box<dyn Read + Send> {
    let body = answer.into_body().into_with_config();
    Box::new(body.limit(u64::MAX).reader())
}

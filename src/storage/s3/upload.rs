//! A file on its way into a bucket: in one piece, or a large one in parts.
//!
//! Nothing of it is kept in memory, and no object is there before all of it has come.

use rusty_s3::actions::{
    AbortMultipartUpload, CompleteMultipartUpload, CompleteMultipartUploadResponse,
    CreateMultipartUpload, PutObject, S3Action, UploadPart,
};

use crate::http::UploadedFile;
use crate::storage::s3::client::{Payload, S3Client};
use crate::storage::s3::content_reader::ContentReader;
use crate::storage::s3::error::S3Error;

/// Bytes of a file that goes in one piece, and of a part of a larger one, as in boto3.
pub(super) const PART_SIZE: u64 = 8 * 1024 * 1024;

/// Parts that the protocol allows.
const MAX_PARTS: u64 = 10_000;

/// A header that goes along with an object.
pub(super) type UploadHeader = (&'static str, String);

/// An object that is to be made.
pub(super) struct Upload<'u> {
    pub(super) client: &'u S3Client,
    pub(super) key: &'u str,
    /// What it is stored with.
    pub(super) headers: Vec<UploadHeader>,
    /// Whether it may take the place of another.
    pub(super) overwrite: bool,
}

impl Upload<'_> {
    /// Stores `content`; all of it, or nothing.
    pub(super) fn run(self, content: &UploadedFile) -> Result<(), S3Error> {
        let mut reader = ContentReader::new(content);
        if content.size() <= PART_SIZE {
            self.put(&mut reader, content.size())
        } else {
            self.send_in_parts(&mut reader, content.size())
        }
    }

    fn put(&self, content: &mut ContentReader<'_>, length: u64) -> Result<(), S3Error> {
        let client = self.client;
        let mut action = PutObject::new(&client.bucket, client.credentials.as_ref(), self.key);
        self.describe(&mut action);
        self.forbid_overwriting(&mut action);
        let start = 0;
        let payload = Payload::Part {
            content,
            start,
            length,
        };
        client.send(action, payload).map(drop)
    }

    fn send_in_parts(&self, content: &mut ContentReader<'_>, size: u64) -> Result<(), S3Error> {
        let client = self.client;
        let credentials = client.credentials.as_ref();
        let mut action = CreateMultipartUpload::new(&client.bucket, credentials, self.key);
        self.describe(&mut action);
        let document = client.document(action, Payload::Empty)?;
        let created = CreateMultipartUpload::parse_response(&document);
        let created = created.map_err(|error| S3Error::Unreadable(error.to_string()))?;
        let id = created.upload_id();
        let sent = self.send_parts(id, content, size);
        let completed = sent.and_then(|tags| self.complete(id, &tags));
        if completed.is_err() {
            // Else the parts would lie there, unseen and paid for. What went wrong first is what is told.
            let abort = AbortMultipartUpload::new(&client.bucket, credentials, self.key, id);
            client.send(abort, Payload::Empty).map(drop).ok();
        }
        completed
    }

    /// Returns the tags of the parts, in their order.
    fn send_parts(
        &self,
        id: &str,
        content: &mut ContentReader<'_>,
        size: u64,
    ) -> Result<Vec<String>, S3Error> {
        let client = self.client;
        let part_size = size.div_ceil(MAX_PARTS).max(PART_SIZE);
        let mut tags = Vec::new();
        for number in 1..=u16::try_from(size.div_ceil(part_size)).unwrap_or(u16::MAX) {
            let start = u64::from(number - 1) * part_size;
            let length = part_size.min(size - start);
            let credentials = client.credentials.as_ref();
            let action = UploadPart::new(&client.bucket, credentials, self.key, number, id);
            let payload = Payload::Part {
                content,
                start,
                length,
            };
            let answer = client.send(action, payload)?;
            let tag = answer.headers().get("etag");
            let tag = tag.and_then(|tag| tag.to_str().ok());
            let tag = tag.ok_or_else(|| S3Error::Unreadable("a part has no tag".to_owned()))?;
            tags.push(tag.to_owned());
        }
        Ok(tags)
    }

    fn complete(&self, id: &str, tags: &[String]) -> Result<(), S3Error> {
        let client = self.client;
        let credentials = client.credentials.as_ref();
        let tags = tags.iter().map(String::as_str);
        let mut action =
            CompleteMultipartUpload::new(&client.bucket, credentials, self.key, id, tags.clone());
        self.forbid_overwriting(&mut action);
        let body = CompleteMultipartUpload::new(&client.bucket, credentials, self.key, id, tags);
        let document = client.document(action, Payload::Text(body.body()))?;
        // The status is sent before the service knows whether it succeeds.
        match CompleteMultipartUploadResponse::parse(&document) {
            Ok(_) => Ok(()),
            Err(_) if document.contains("<Error>") => Err(S3Error::refused(500, &document)),
            Err(error) => Err(S3Error::Unreadable(error.to_string())),
        }
    }

    fn describe<'a>(&self, action: &mut impl S3Action<'a>) {
        for (name, value) in &self.headers {
            action.headers_mut().insert(*name, value.clone());
        }
    }

    fn forbid_overwriting<'a>(&self, action: &mut impl S3Action<'a>) {
        if !self.overwrite {
            action.headers_mut().insert("if-none-match", "*");
        }
    }
}

//! What is compressed, for whom and how it is read again.

use std::collections::BTreeSet;
use std::io::{self, Read as _};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::compression::compress_for;
use crate::http::{Body, BodyStream, ContentCoding, Headers, Response};
use crate::settings::{CompressionSettings, Settings};

const BOTH: [ContentCoding; 2] = [ContentCoding::Brotli, ContentCoding::Gzip];

fn settings(codings: &[ContentCoding]) -> CompressionSettings {
    let settings = Settings::parse("[project]\nname = \"x\"").unwrap();
    CompressionSettings {
        codings: codings.to_vec(),
        ..settings.compression
    }
}

fn compressed(mut response: Response, accept: &str) -> Response {
    let client = Headers::from_iter([("Accept-Encoding", accept)]);
    compress_for(&client, &mut response, &settings(&BOTH));
    response
}

/// The whole body, as it is sent.
fn sent(response: Response) -> Vec<u8> {
    match response.body {
        Body::Bytes(bytes) => bytes.into_owned(),
        Body::Shared(bytes) => bytes.into_vec(),
        Body::Stream(stream) => stream.chunks.flat_map(Result::unwrap).collect(),
        Body::File(_) => panic!("a file"),
    }
}

/// The whole body, as the client reads it.
fn read(response: Response) -> String {
    let coding = response
        .headers
        .get("Content-Encoding")
        .map(ToOwned::to_owned);
    let bytes = sent(response);
    let mut text = String::new();
    let size = match coding.as_deref() {
        Some("br") => brotli::Decompressor::new(&bytes[..], 4096).read_to_string(&mut text),
        Some("gzip") => GzDecoder::new(&bytes[..]).read_to_string(&mut text),
        _ => (&bytes[..]).read_to_string(&mut text),
    };
    assert_eq!(size.unwrap(), text.len());
    text
}

#[test]
fn bodies_are_compressed_where_django_compresses_them() {
    let text = include_str!("../../tests/parity/golden/page_cache.json");
    let golden: Value = serde_json::from_str(text).unwrap();
    for case in golden["gzip"].as_array().unwrap() {
        let body = "a".repeat(usize::try_from(case[1].as_u64().unwrap()).unwrap());
        let mut response = Response::html(200, body.clone());
        for (name, value) in case[2].as_object().unwrap() {
            response.headers.set(name, value.as_str().unwrap());
        }
        let client = case[0].as_str().map(|accept| ("Accept-Encoding", accept));
        let client = client.into_iter().collect();
        compress_for(&client, &mut response, &settings(&[ContentCoding::Gzip]));
        let written = ["Content-Encoding", "Vary", "ETag"].map(|name| response.headers.get(name));
        assert_eq!(serde_json::json!(written), case[3], "{case}");
        if response.headers.get("Content-Encoding") == Some("gzip") {
            assert_eq!(read(response), body);
        }
    }
}

#[test]
fn a_client_reads_what_was_compressed() {
    let page = "<li>Ünï, one of many rows</li>\n".repeat(300);
    for (accept, coding) in [("br", "br"), ("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        let mut response = Response::html(200, page.clone());
        response
            .headers
            .set("Content-Length", page.len().to_string());
        let response = compressed(response, accept);
        assert_eq!(response.headers.get("Content-Encoding"), Some(coding));
        let length: u64 = response
            .headers
            .get("Content-Length")
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(Some(length), response.body.size());
        assert!(length < 1000, "{coding}: {length}");
        assert_eq!(read(response), page);
    }
}

#[test]
fn a_stream_is_compressed_chunk_by_chunk() {
    for coding in ["br", "gzip"] {
        let chunks = (0..5).map(|number| Ok(format!("row {number}\n").into_bytes()));
        let response = Response::new(200, "text/csv", BodyStream::new(chunks).with_size(30));
        let response = compressed(response, coding);
        assert_eq!(response.headers.get("Content-Encoding"), Some(coding));
        assert_eq!(response.body.size(), None);
        assert_eq!(read(response), "row 0\nrow 1\nrow 2\nrow 3\nrow 4\n");
        // The first chunk can be read before the next one is made.
        let chunks = [Ok(b"first".to_vec()), Err(io::Error::other("broken"))];
        let response = Response::new(200, "text/csv", BodyStream::new(chunks.into_iter()));
        let Body::Stream(stream) = compressed(response, coding).body else {
            panic!("no stream");
        };
        let sent: Vec<_> = stream.chunks.collect();
        assert_eq!(sent.len(), 2);
        let begun = sent[0].as_ref().unwrap();
        let mut start = [0; 5];
        let read = match coding {
            "br" => brotli::Decompressor::new(&begun[..], 64).read_exact(&mut start),
            _ => GzDecoder::new(&begun[..]).read_exact(&mut start),
        };
        read.unwrap();
        assert_eq!(&start, b"first");
        assert!(sent[1].is_err());
    }
}

#[test]
fn what_is_not_text_or_must_not_change_stays_as_it_is() {
    let page = || "a".repeat(1000);
    for (name, value) in [
        ("Content-Type", "image/png"),
        ("Content-Type", ""),
        ("Content-Encoding", "identity"),
        ("Cache-Control", "public, No-Transform"),
    ] {
        let mut response = Response::html(200, page());
        response.headers.set(name, value);
        let response = compressed(response, "gzip, br");
        assert_eq!(response.headers.get("Vary"), None, "{name}: {value}");
        assert_eq!(sent(response), page().into_bytes());
    }
    let response = compressed(Response::html(206, page()), "gzip");
    assert_eq!(response.headers.get("Content-Encoding"), None);
    let response = compressed(Response::html(200, page()), "gzip;q=0, br;q=0");
    assert_eq!(response.headers.get("Content-Encoding"), None);
    assert_eq!(response.headers.get("Vary"), Some("Accept-Encoding"));
}

#[test]
fn nobody_learns_the_length_of_a_page_from_what_is_sent() {
    for coding in ["br", "gzip"] {
        let lengths: BTreeSet<usize> = (0..40)
            .map(|_| sent(compressed(Response::html(200, "a".repeat(3000)), coding)).len())
            .collect();
        // Of 40 drawn from 100 as many are alike as one time in countless ones.
        assert!(lengths.len() > 10, "{coding}: {lengths:?}");
    }
}

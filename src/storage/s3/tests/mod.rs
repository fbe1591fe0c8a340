//! A bucket beside a directory, on a server of its own (`SeaweedFS`), and faults.

mod faults;
#[path = "../../../../tests/support/s3_server.rs"]
mod s3_server;
#[path = "../../../../tests/support/tool.rs"]
#[allow(dead_code, reason = "of all tools these tests need one")]
mod tool;

use std::fs;
use std::io::Read as _;
use std::sync::Arc;
use std::thread;

use super::S3Storage;
use super::upload::PART_SIZE;
use crate::settings::Settings;
use crate::storage::tests::{BehavedStorage, behaves, gives_each_a_name, of, on_disk, read, small};
use crate::storage::{Storage as _, StorageError};
use s3_server::{ACCESS_KEY, S3Server, SECRET_KEY};

/// The settings of a bucket on the server, with more lines.
fn settings(bucket: &str, lines: &str) -> String {
    let endpoint = S3Server::shared().endpoint();
    let place = format!("bucket_name = '{bucket}'\nendpoint_url = '{endpoint}'");
    let keys = format!("access_key = '{ACCESS_KEY}'\nsecret_key = '{SECRET_KEY}'");
    // A line that is given again takes the place of the usual one.
    let usual = format!("{place}\n{keys}");
    let usual = usual.lines().filter(|line| {
        let key = line.split(' ').next().unwrap_or_default();
        !lines
            .lines()
            .any(|other| other.split(' ').next() == Some(key))
    });
    let usual: Vec<_> = usual.collect();
    format!(
        "[storages.default]\nbackend = 's3'\n{}\n{lines}\n",
        usual.join("\n")
    )
}

fn storage_of(settings: &str) -> S3Storage {
    let settings = Settings::parse(settings).unwrap();
    let settings = &settings.storages.files["default"];
    S3Storage::new(&settings.location, settings.s3.as_ref().unwrap()).unwrap()
}

/// A new bucket, with more lines of settings.
fn storage(lines: &str) -> S3Storage {
    let bucket = S3Server::shared().new_bucket();
    storage_of(&settings(&bucket, lines))
}

/// Bytes that are nowhere the same for long.
fn bytes(count: u64) -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..count).map(next).collect()
}

fn get(address: &str) -> (u16, ureq::http::HeaderMap, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(address).call().unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (answer.status().as_u16(), answer.headers().clone(), text)
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_bucket_behaves_as_a_directory_does() {
    for (lines, path) in [
        ("", "/m/"),
        ("location = '/files/of/rows/'", "/m/files/of/rows/"),
    ] {
        let lines = format!("{lines}\nurl_protocol = ''\ncustom_domain = 'm'");
        behaves(&BehavedStorage {
            storage: Arc::new(storage(&lines)),
            address: format!("/{path}"),
            has_directories: false,
        });
    }
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn eight_at_once_get_eight_names_in_a_bucket() {
    gives_each_a_name(&of("", Arc::new(storage(""))));
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn names_of_all_kinds_stay_what_they_are() {
    let storage = storage("location = 'a b/é'");
    let names = [
        "%2F.txt",
        "%2e%2e/x",
        "*$!(),;[]{}|^`<>",
        "100% + 1 = #1?&x=y.txt",
        "a b+c.txt",
        "a'b\"c.txt",
        "a:b@c.txt",
        "e\u{301}.txt",
        "tab\tline.txt",
        "~home/.hidden",
        "é ü/日本語 😀.txt",
    ];
    for name in names {
        storage.create(name, &small(name)).unwrap();
        let taken = storage.create(name, &small("x"));
        assert!(matches!(taken, Err(StorageError::Exists { .. })), "{name}");
        assert_eq!(read(&storage, name), name);
        assert!(storage.exists(name).unwrap());
        let (status, _, text) = get(&storage.url(name).unwrap());
        assert_eq!((status, text.as_str()), (200, name));
    }
    let mut walked = Vec::new();
    let mut visit = |file: crate::storage::WalkedFile| {
        walked.push(file.name);
        Ok(())
    };
    storage.walk(&mut visit).unwrap();
    walked.sort();
    assert_eq!(walked, names);
    let top = storage.listdir("").unwrap();
    assert_eq!(top.directories, ["%2e%2e", "~home", "é ü"]);
    assert_eq!(top.files.len(), names.len() - 3);
    assert_eq!(storage.listdir("é ü").unwrap().files, ["日本語 😀.txt"]);
    for name in names {
        storage.delete(name).unwrap();
        assert!(!storage.exists(name).unwrap());
    }
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_large_file_goes_in_parts_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let storage = storage("");
    for size in [PART_SIZE, PART_SIZE + 1, 2 * PART_SIZE + 12_345] {
        let content = bytes(size);
        let name = format!("{size}.bin");
        let file = on_disk(&folder.path().join("uploads"), &name, &content);
        storage.create(&name, &file).unwrap();
        let mut stored = storage.open(&name).unwrap();
        assert_eq!(stored.metadata.size, size);
        let mut read = Vec::new();
        stored.reader.read_to_end(&mut read).unwrap();
        assert!(read == content, "{size}");
        let taken = storage.create(&name, &file);
        assert!(
            matches!(taken, Err(StorageError::Exists { .. })),
            "{taken:?}"
        );
    }
    let bucket = &storage.settings.bucket_name;
    let left = S3Server::shared().raw_listing(bucket, ".uploads/");
    assert!(!left.contains("FullPath"), "parts are left: {left}");
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_file_takes_the_place_of_another_where_the_settings_say_so() {
    let storage = of("", Arc::new(storage("file_overwrite = true")));
    for content in ["one", "two"] {
        assert_eq!(
            storage.save("a.txt", &small(content), None).unwrap(),
            "a.txt"
        );
        assert_eq!(read(&*storage, "a.txt"), content);
    }
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn objects_have_the_headers_of_the_settings_and_of_their_names() {
    let parameters =
        "object_parameters = { cache_control = 'max-age=60', content_language = 'de' }";
    let plain = storage(parameters);
    for (name, kind, disposition) in [
        ("a.png", "image/png", None),
        ("a.txt", "text/plain; charset=utf-8", None),
        ("a.html", "text/html; charset=utf-8", Some("attachment")),
        ("a.svg", "image/svg+xml", Some("attachment")),
        ("a", "application/octet-stream", Some("attachment")),
    ] {
        plain.create(name, &small("x")).unwrap();
        let (status, headers, _) = get(&plain.url(name).unwrap());
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(status, 200);
        assert_eq!(text("content-type"), Some(kind));
        assert_eq!(text("content-disposition"), disposition, "{name}");
        assert_eq!(text("cache-control"), Some("max-age=60"));
        assert_eq!(text("content-language"), Some("de"));
    }
    let told = storage("object_parameters = { content_disposition = 'inline' }");
    told.create("a.html", &small("x")).unwrap();
    let (_, headers, _) = get(&told.url("a.html").unwrap());
    assert_eq!(headers["content-disposition"], "inline");
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn an_address_is_signed_for_a_while_and_for_one_file() {
    let signed = storage("querystring_expire = 1");
    signed.create("a.txt", &small("a")).unwrap();
    signed.create("b.txt", &small("b")).unwrap();
    let address = signed.url("a.txt").unwrap();
    assert_eq!(get(&address).2, "a");
    assert_eq!(get(&address.replace("/a.txt", "/b.txt")).0, 403);
    assert_eq!(get(&address.replace("Expires=1&", "Expires=9&")).0, 403);
    thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(get(&address).0, 403);
    let bucket = &signed.settings.bucket_name;
    let plain = storage_of(&settings(bucket, "querystring_auth = false"));
    let address = plain.url("a.txt").unwrap();
    let expected = format!("{}/{bucket}/a.txt", S3Server::shared().endpoint());
    assert_eq!(address, expected);
    assert_eq!(get(&address).0, 403, "the bucket is private");
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_directory_of_more_than_a_page_is_listed_whole() {
    let storage = Arc::new(storage(""));
    let threads: Vec<_> = (0..4)
        .map(|part| {
            let storage = Arc::clone(&storage);
            thread::spawn(move || {
                for number in 0..260 {
                    let name = format!("many/{part}{number:03}");
                    storage.create(&name, &small("")).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let files = storage.listdir("many").unwrap().files;
    assert_eq!((files.len(), files[0].as_str()), (1040, "0000"));
    let mut walked = 0;
    let mut visit = |_| {
        walked += 1;
        Ok(())
    };
    storage.walk(&mut visit).unwrap();
    assert_eq!(walked, 1040);
}

#[test]
fn addresses_have_the_bucket_where_the_style_says() {
    let address = |bucket: &str, lines: &str| {
        let text = format!(
            "[storages.default]\nbackend = 's3'\nbucket_name = '{bucket}'\nquerystring_auth = false\n{lines}\n"
        );
        storage_of(&text).url("é a.txt").unwrap()
    };
    for (bucket, lines, expected) in [
        ("b", "", "https://b.s3.us-east-1.amazonaws.com/"),
        (
            "b",
            "region_name = 'eu-west-1'",
            "https://b.s3.eu-west-1.amazonaws.com/",
        ),
        ("b.c", "", "https://s3.us-east-1.amazonaws.com/b.c/"),
        (
            "b",
            "addressing_style = 'path'",
            "https://s3.us-east-1.amazonaws.com/b/",
        ),
        (
            "b",
            "endpoint_url = 'https://e.example/p'",
            "https://e.example/p/b/",
        ),
        (
            "b",
            "endpoint_url = 'https://e.example'\naddressing_style = 'virtual'",
            "https://b.e.example/",
        ),
        (
            "b",
            "custom_domain = 'cdn.example/x/'",
            "https://cdn.example/x/",
        ),
        (
            "b",
            "custom_domain = 'cdn.example'\nlocation = 'in'",
            "https://cdn.example/in/",
        ),
    ] {
        assert_eq!(address(bucket, lines), format!("{expected}%C3%A9%20a.txt"));
    }
    let text =
        "[storages.default]\nbackend = 's3'\nbucket_name = 'B_c'\naddressing_style = 'virtual'\n";
    let settings = Settings::parse(text).unwrap();
    let bucket = settings.storages.files["default"].s3.clone().unwrap();
    assert!(
        S3Storage::new("", &bucket).is_err(),
        "it is not the name of a host"
    );
}

#[test]
fn nothing_that_is_shown_has_a_key() {
    let text = "[storages.default]\nbackend = 's3'\nbucket_name = 'b'\naccess_key = 'a'\nsecret_key = 'hush'\n";
    assert!(!format!("{:?}", storage_of(text)).contains("hush"));
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_file_that_changes_on_its_way_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let storage = storage("timeout = 2");
    let bucket = storage.settings.bucket_name.clone();
    for size in [PART_SIZE / 2, 2 * PART_SIZE] {
        let file = on_disk(&folder.path().join("uploads"), "a.bin", &bytes(size));
        let path = file.temporary_path().unwrap();
        let shortened = fs::OpenOptions::new().write(true).open(path).unwrap();
        shortened.set_len(size - 1000).unwrap();
        storage.create("a.bin", &file).unwrap_err();
        assert!(!storage.exists("a.bin").unwrap());
        let left = S3Server::shared().raw_listing(&bucket, ".uploads/");
        assert!(!left.contains("FullPath"), "parts are left: {left}");
    }
}

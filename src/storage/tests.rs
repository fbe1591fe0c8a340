//! What every storage does, and what is a directory's alone.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::http::{FormLimits, FormReader, UploadDirectory, UploadedFile};
use crate::settings::Settings;
use crate::storage::{
    FileModes, FileStorage, FileSystemStorage, InMemoryStorage, Listing, Storage, StorageError,
    Storages, UPLOADS,
};

const MODES: FileModes = FileModes {
    file: 0o644,
    directory: None,
};

pub(super) fn small(content: &str) -> UploadedFile {
    UploadedFile::in_memory("a.txt", "text/plain", content.as_bytes().to_vec())
}

/// A file on disk, as the server hands it over.
pub(super) fn on_disk(uploads: &Path, name: &str, content: &[u8]) -> Arc<UploadedFile> {
    let limits = FormLimits {
        fields: 1,
        files: 1,
        field_bytes: 100,
        memory_bytes: 0,
    };
    let uploads = Arc::new(UploadDirectory::open(uploads));
    let mut reader = FormReader::new("b", limits, Some(Arc::clone(&uploads)));
    let head = format!("Content-Disposition: form-data; name=a; filename={name}");
    reader
        .push(format!("--b\r\n{head}\r\n\r\n").as_bytes())
        .unwrap();
    reader.push(content).unwrap();
    reader.push(b"\r\n--b--").unwrap();
    let form = reader.finish().unwrap();
    // The directory would go with it.
    std::mem::forget(uploads);
    Arc::clone(form.files.get("a").unwrap())
}

pub(super) fn read(storage: &dyn Storage, name: &str) -> String {
    let mut content = String::new();
    let mut file = storage.open(name).unwrap();
    file.reader.read_to_string(&mut content).unwrap();
    assert_eq!(file.metadata.size, u64::try_from(content.len()).unwrap());
    content
}

pub(super) fn of(settings: &str, storage: Arc<dyn Storage>) -> FileStorage {
    let settings = Settings::parse(settings).unwrap();
    FileStorage::new("default", storage, &settings.storages.files["default"])
}

/// A storage, and in what it may be another than others.
pub(super) struct BehavedStorage {
    pub(super) storage: Arc<dyn Storage>,
    /// What its addresses begin with.
    pub(super) address: String,
    /// Whether a directory is something of its own.
    pub(super) has_directories: bool,
}

/// What is asked of every storage, each time of an empty one.
pub(super) fn behaves(behaved: &BehavedStorage) {
    let storage = of("", Arc::clone(&behaved.storage));
    let mut nothing = 0;
    storage
        .walk(&mut |_| {
            nothing += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(nothing, 0);
    let first = storage.save("up/a b.txt", &small("one"), None).unwrap();
    assert_eq!(first, "up/a b.txt");
    let second = storage.save("up//./a b.txt", &small("two"), None).unwrap();
    assert!(second.starts_with("up/a b_") && second.len() == "up/a b_1234567.txt".len());
    assert_eq!(read(&*storage, &first), "one");
    assert_eq!(read(&*storage, &second), "two");
    let taken = storage.create(&first, &small("x"));
    assert!(
        matches!(taken, Err(StorageError::Exists { .. })),
        "{taken:?}"
    );
    assert!(storage.exists(&first).unwrap());
    assert_eq!(storage.exists("up").unwrap(), behaved.has_directories);
    let metadata = storage.metadata(&first).unwrap();
    assert_eq!(metadata.size, 3);
    let age = SystemTime::now()
        .duration_since(metadata.modified)
        .unwrap_or_default();
    assert!(age < Duration::from_secs(60), "{age:?}");
    let address = format!("{}up/a%20b.txt", behaved.address);
    assert_eq!(storage.url(&first).unwrap(), address);
    storage.save("c.txt", &small(""), None).unwrap();
    let mut in_up = vec!["a b.txt".to_owned(), second["up/".len()..].to_owned()];
    in_up.sort();
    let listing = |directories: &[&str], files: &[String]| Listing {
        directories: directories.iter().map(ToString::to_string).collect(),
        files: files.to_vec(),
    };
    assert_eq!(
        storage.listdir("").unwrap(),
        listing(&["up"], &["c.txt".to_owned()])
    );
    assert_eq!(storage.listdir("up").unwrap(), listing(&[], &in_up));
    let mut walked = Vec::new();
    let mut visit = |file: crate::storage::WalkedFile| {
        walked.push(format!("{} {}", file.name, file.metadata.size));
        Ok(())
    };
    storage.walk(&mut visit).unwrap();
    walked.sort();
    let mut all = [
        format!("{first} 3"),
        format!("{second} 3"),
        "c.txt 0".to_owned(),
    ];
    all.sort();
    assert_eq!(walked, all);
    storage.delete(&first).unwrap();
    storage.delete(&first).unwrap();
    assert!(!storage.exists(&first).unwrap());
    for missing in [&first, "up", "c.txt/d", &"x".repeat(300), "none/at/all"] {
        assert!(!storage.exists(missing).unwrap() || missing == "up");
        let opened = storage.open(missing).map(|_| ());
        assert!(
            matches!(opened, Err(StorageError::NotFound { .. })),
            "{missing} {opened:?}"
        );
        let found = storage.metadata(missing).map(|_| ());
        assert!(
            matches!(found, Err(StorageError::NotFound { .. })),
            "{missing} {found:?}"
        );
    }
    let listed = storage.listdir("none").map(|_| ());
    assert!(
        matches!(listed, Err(StorageError::NotFound { .. })),
        "{listed:?}"
    );
    for name in [
        "",
        "..",
        "../x",
        "/etc/passwd",
        "a/../../x",
        "a\0b",
        "a\\..\\..\\x",
        "up/",
        ".",
    ] {
        let outcomes = [
            storage.open(name).map(|_| ()),
            storage.create(name, &small("x")),
            storage.delete(name),
            storage.exists(name).map(|_| ()),
            storage.metadata(name).map(|_| ()),
            storage.save(name, &small("x"), None).map(|_| ()),
        ];
        for outcome in outcomes {
            let error = outcome.unwrap_err();
            assert!(error.is_suspicious(), "{name:?} {error:?}");
        }
    }
}

#[test]
fn a_directory_and_the_memory_behave_alike() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("media");
    let both: [Arc<dyn Storage>; 2] = [
        Arc::new(FileSystemStorage::new(location, "/m/", MODES)),
        Arc::new(InMemoryStorage::new("/m/")),
    ];
    for storage in both {
        behaves(&BehavedStorage {
            storage,
            address: "/m/".to_owned(),
            has_directories: true,
        });
    }
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert_eq!(names.len(), 1, "nothing was made beside it: {names:?}");
}

#[test]
fn eight_at_once_get_eight_names() {
    let folder = tempfile::tempdir().unwrap();
    let directory = FileSystemStorage::new(folder.path().to_owned(), "", MODES);
    for storage in [
        Arc::new(directory) as Arc<dyn Storage>,
        Arc::new(InMemoryStorage::new("")),
    ] {
        gives_each_a_name(&of("", storage));
    }
}

/// Eight save a file of one name at the same time.
pub(super) fn gives_each_a_name(storage: &FileStorage) {
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let storage = storage.clone();
            thread::spawn(move || {
                let content = number.to_string();
                (
                    storage.save("a/x.txt", &small(&content), Some(30)).unwrap(),
                    content,
                )
            })
        })
        .collect();
    let saved: Vec<_> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    for (name, content) in &saved {
        assert_eq!(read(&**storage, name), *content);
    }
    assert_eq!(storage.listdir("a").unwrap().files.len(), 8);
}

#[test]
fn a_large_file_is_moved_and_never_over_another() {
    let root = tempfile::tempdir().unwrap();
    let media = root.path().join("media");
    let storage = FileSystemStorage::new(media.clone(), "/media/", MODES);
    let storage = of("", Arc::new(storage));
    let file = on_disk(&media.join(UPLOADS), "large.bin", b"large");
    let inode = |path: &Path| fs::metadata(path).unwrap().ino();
    let temporary = file.temporary_path().unwrap().to_owned();
    let names = [(); 3].map(|()| storage.save("up/large.bin", &file, Some(100)).unwrap());
    let stored = names.each_ref().map(|name| media.join(name));
    assert_eq!(names[0], "up/large.bin");
    assert_eq!(inode(&stored[0]), inode(&temporary));
    let others = [inode(&stored[1]), inode(&stored[2])];
    assert!(!others.contains(&inode(&temporary)) && others[0] != others[1]);
    let mut walked = 0;
    storage
        .walk(&mut |_| {
            walked += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(walked, 3, "what is on its way is not there yet");
    drop(file);
    assert!(!temporary.exists());
    for path in stored {
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o644);
        assert_eq!(fs::read_to_string(path).unwrap(), "large");
    }
}

#[test]
fn files_and_directories_get_the_modes_of_the_settings() {
    let root = tempfile::tempdir().unwrap();
    let settings = "[storages.default]\nlocation = 'm'\nfile_permissions_mode = 0o640\ndirectory_permissions_mode = 0o2770";
    let settings = Settings::parse(settings).unwrap();
    let storages = Storages::new(&settings.storages.files, root.path(), None).unwrap();
    let storage = storages.get("default").unwrap();
    let file = on_disk(&root.path().join("uploads"), "large.bin", b"large");
    for content in [&small("x"), &*file] {
        let name = storage.save("a/b/c.txt", content, None).unwrap();
        let mode = |path: &str| {
            let path = root.path().join("m").join(path);
            fs::metadata(path).unwrap().permissions().mode() & 0o7777
        };
        assert_eq!(mode(&name), 0o640);
        assert_eq!((mode(""), mode("a"), mode("a/b")), (0o2770, 0o2770, 0o2770));
    }
}

#[test]
fn names_as_long_as_the_file_system_allows_are_cut() {
    let root = tempfile::tempdir().unwrap();
    let storage = FileSystemStorage::new(root.path().to_owned(), "", MODES);
    let storage = of("", Arc::new(storage));
    for name in [
        "x".repeat(400),
        "\u{4e2d}".repeat(255),
        format!("a.{}", "\u{e9}".repeat(250)),
        format!("{}.png", "\u{1f600}x".repeat(120)),
    ] {
        for _ in 0..2 {
            let saved = storage.save(&name, &small("x"), Some(400)).unwrap();
            assert!(saved.len() <= 255 && saved.chars().count() > 20, "{saved}");
        }
    }
    let exact = "y".repeat(255);
    assert_eq!(storage.save(&exact, &small("x"), None).unwrap(), exact);
    let tight = storage.save("a/b/long.txt", &small("x"), Some(3));
    assert!(
        matches!(tight, Err(StorageError::NoAvailableName { .. })),
        "{tight:?}"
    );
    // The second would get the name of the first for ever if its end were cut off.
    for _ in 0..2 {
        let saved = storage
            .save(&format!("up/{}", "x".repeat(40)), &small("x"), Some(20))
            .unwrap();
        assert_eq!(saved.chars().count(), 20, "{saved}");
    }
}

#[test]
fn a_file_that_is_too_large_and_one_in_the_place_of_a_directory_leave_nothing() {
    let root = tempfile::tempdir().unwrap();
    let storage = Arc::new(FileSystemStorage::new(root.path().to_owned(), "", MODES));
    let storage = of("[storages.default]\nmax_file_size = 3", storage);
    let too_large = storage.save("a.txt", &small("four"), None).unwrap_err();
    assert!(matches!(
        too_large,
        StorageError::TooLarge {
            size: 4,
            limit: 3,
            ..
        }
    ));
    assert!(fs::read_dir(root.path()).unwrap().next().is_none());
    storage.save("a", &small("one"), None).unwrap();
    let below = storage.save("a/b.txt", &small("two"), None).unwrap_err();
    assert!(matches!(below, StorageError::Io { .. }), "{below:?}");
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}

#[test]
fn a_private_storage_has_no_addresses_and_an_unknown_one_is_named() {
    let text = "[storages.papers]\nlocation = 'papers'\n[storages.old]\nbackend = 's3'\nbucket_name = 'old'";
    let settings = Settings::parse(text).unwrap();
    let failed = Storages::new(&settings.storages.files, Path::new("/nowhere"), None);
    let failed = failed.map(|_| ());
    if let Err(error) = &failed {
        assert!(
            matches!(error, StorageError::MissingFeature { feature: "s3", .. }),
            "{error:?}"
        );
    }
    let settings = Settings::parse("[storages.papers]\nlocation = 'papers'").unwrap();
    let storages = Storages::new(&settings.storages.files, Path::new("/nowhere"), None).unwrap();
    let private = storages.get("papers").unwrap().url("a.txt");
    assert!(
        matches!(private, Err(StorageError::NoUrl { .. })),
        "{private:?}"
    );
    assert_eq!(
        storages.get("default").unwrap().url("é a.txt").unwrap(),
        "/media/%C3%A9%20a.txt"
    );
    let unknown = storages.get("paper").unwrap_err();
    let hints = crate::diagnostic::Diagnostic::hints(&unknown);
    assert_eq!(hints, ["did you mean `papers`?"]);
}

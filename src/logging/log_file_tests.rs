//! Logs in files, on real files.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::log_file::LogFile;
use crate::clock::Zone;
use crate::settings::{Rotation, RotationUnit};

fn file(folder: &TempDir, rotation: Rotation) -> LogFile {
    LogFile::new(folder.path().join("log/djr.log"), rotation, &Zone::utc())
}

fn by_size(max_bytes: u64, backup_count: usize) -> Rotation {
    Rotation::Size {
        max_bytes,
        backup_count,
    }
}

fn by_day(backup_count: usize) -> Rotation {
    Rotation::Time {
        when: RotationUnit::Day,
        interval: 1,
        backup_count,
    }
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join("log").join(name)).unwrap_or_default()
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join("log")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn set_age(path: &Path, days: u64) {
    let then = SystemTime::now() - Duration::from_secs(days * 86_400);
    File::options()
        .append(true)
        .open(path)
        .unwrap()
        .set_modified(then)
        .unwrap();
}

#[test]
fn a_file_is_made_with_its_directory_and_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let log = file(&folder, Rotation::Never);
    log.append("one\n").unwrap();
    log.append("two\n").unwrap();
    assert_eq!(read(&folder, "djr.log"), "one\ntwo\n");
    let mode = fs::metadata(log.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_was_moved_or_removed_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let log = file(&folder, Rotation::Never);
    log.append("one\n").unwrap();
    fs::rename(log.path(), folder.path().join("log/djr.log.1")).unwrap();
    log.append("two\n").unwrap();
    fs::remove_file(log.path()).unwrap();
    log.append("three\n").unwrap();
    fs::remove_dir_all(folder.path().join("log")).unwrap();
    log.append("four\n").unwrap();
    assert_eq!(read(&folder, "djr.log"), "four\n");
}

#[test]
fn a_file_is_put_aside_before_it_is_too_large_and_the_oldest_goes() {
    let folder = tempfile::tempdir().unwrap();
    let log = file(&folder, by_size(10, 2));
    for line in [
        "11111\n",
        "22222\n",
        "33333\n",
        "44444\n",
        "a line that is longer than all\n",
    ] {
        log.append(line).unwrap();
    }
    assert_eq!(names(&folder), ["djr.log", "djr.log.1", "djr.log.2"]);
    assert_eq!(read(&folder, "djr.log"), "a line that is longer than all\n");
    assert_eq!(read(&folder, "djr.log.1"), "44444\n");
    assert_eq!(read(&folder, "djr.log.2"), "33333\n");
}

#[test]
fn a_file_of_yesterday_is_put_aside_under_its_day_and_none_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let log = file(&folder, by_day(3));
    for number in 0..5 {
        log.append(&format!("{number}\n")).unwrap();
        set_age(log.path(), 1 + number % 2);
    }
    log.append("today\n").unwrap();
    log.append("today too\n").unwrap();
    assert_eq!(read(&folder, "djr.log"), "today\ntoday too\n");
    let names = names(&folder);
    assert_eq!(names.len(), 4, "{names:?}");
    let is_day = |name: &String| name == "djr.log" || name.starts_with("djr.log.20");
    assert!(names.iter().all(is_day), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with(".1")), "{names:?}");
}

#[test]
fn several_writers_lose_no_line_when_one_of_them_puts_the_file_aside() {
    let folder = tempfile::tempdir().unwrap();
    let logs: Vec<_> = (0..4)
        .map(|_| file(&folder, by_size(2_000, 1_000)))
        .collect();
    thread::scope(|scope| {
        for (writer, log) in logs.iter().enumerate() {
            scope.spawn(move || {
                for number in 0..300 {
                    log.append(&format!("{writer} {number:04}\n")).unwrap();
                }
            });
        }
    });
    let text: String = names(&folder)
        .iter()
        .map(|name| read(&folder, name))
        .collect();
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 1_200);
    assert!(lines.iter().all(|line| line.len() == 6), "a line was torn");
    assert!(names(&folder).len() > 3);
}

#[test]
fn a_full_disk_is_an_error_and_no_more() {
    let log = LogFile::new("/dev/full".into(), by_size(10, 2), &Zone::utc());
    for _ in 0..3 {
        let error = log.append("line\n").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }
}

#[test]
fn a_pipe_without_a_reader_does_not_make_the_server_wait() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, mode).unwrap();
    LogFile::new(pipe, Rotation::Never, &Zone::utc())
        .append("x\n")
        .unwrap_err();
}

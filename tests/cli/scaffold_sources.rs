//! Where scaffolds come from: directories, archives, git repositories, templates of Django's.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::Project;
use crate::support::tool::{Tool, python_with_django};

const MANIFEST: &str = r#"
description = "A shop"
[variables.owner]
prompt = "Whose shop is it"
default = "{{ name|pascal }} Ltd"
[files]
templates = ["ci.yml"]
last = "djr.toml"
[files.when]
"docs/**" = "owner != 'nobody'"
"#;

/// The files of a scaffold that has one of everything.
const FILES: [(&str, &str); 6] = [
    ("scaffold.toml", MANIFEST),
    ("djr.toml.j2", "[project]\nname = \"{{ name }}\"\n"),
    ("{{ name }}.txt.j2", "of {{ owner }}\n\n"),
    ("ci.yml", "{% raw %}${{ secret }}{% endraw %} {{ name }}\n"),
    ("left.txt", "{{ as it is }}\n"),
    ("docs/{{ name|kebab }}/index.md", "# Docs\n"),
];

/// A place with the scaffold in `shop/`.
fn place() -> Project {
    FILES.iter().fold(Project::empty(), |place, (name, text)| {
        place.file(format!("shop/{name}"), text)
    })
}

/// Makes a project of `source` and compares its files with what they should be.
fn assert_made(place: &Project, source: &str) {
    let made = place.djr(["startproject", "my_shop", "--template", source]);
    assert_eq!(made.code(), Some(0), "{source}\n{}", made.stderr());
    assert_eq!(
        place.read("my_shop/djr.toml"),
        "[project]\nname = \"my_shop\"\n"
    );
    assert_eq!(place.read("my_shop/my_shop.txt"), "of MyShop Ltd\n\n");
    assert_eq!(place.read("my_shop/ci.yml"), "${{ secret }} my_shop\n");
    assert_eq!(place.read("my_shop/left.txt"), "{{ as it is }}\n");
    assert_eq!(place.read("my_shop/docs/my-shop/index.md"), "# Docs\n");
    assert!(!place.path("my_shop/scaffold.toml").exists());
    fs::remove_dir_all(place.path("my_shop")).unwrap();
}

fn tar_of(files: &[(&str, &str)], outer: &str) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let path = format!("{outer}{name}");
        archive
            .append_data(&mut header, path, text.as_bytes())
            .unwrap();
    }
    archive.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zip_of(files: &[(&str, &str)], path: &Path) {
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in files {
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_scaffold_is_the_same_from_a_directory_and_from_each_kind_of_archive() {
    let place = place();
    assert_made(&place, "shop");
    fs::write(place.path("a.tar"), tar_of(&FILES, "")).unwrap();
    assert_made(&place, "a.tar");
    fs::write(
        place.path("a.tar.gz"),
        gzipped(&tar_of(&FILES, "shop-1.0/")),
    )
    .unwrap();
    assert_made(&place, "a.tar.gz");
    let zstd = ruzstd::encoding::compress_to_vec(
        tar_of(&FILES, "shop/").as_slice(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    fs::write(place.path("a.tar.zst"), zstd).unwrap();
    assert_made(&place, "a.tar.zst");
    zip_of(&FILES, &place.path("a.zip"));
    assert_made(&place, "a.zip");
    let below: Vec<_> = FILES
        .iter()
        .map(|(name, text)| (format!("x/y/{name}"), *text))
        .collect();
    let below: Vec<_> = below
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    zip_of(&[&below[..], &[("z", "")]].concat(), &place.path("b.zip"));
    assert_made(&place, "b.zip//x/y");
}

fn git(directory: &Path, words: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com"])
        .args(words)
        .current_dir(directory)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{words:?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_scaffold_is_taken_from_a_git_repository_at_a_branch_a_tag_or_a_commit() {
    let place = place();
    fs::create_dir(place.path("repository")).unwrap();
    fs::rename(place.path("shop"), place.path("repository/shop")).unwrap();
    let repository = place.path("repository");
    git(&repository, &["init", "--quiet"]);
    git(&repository, &["add", "--all"]);
    git(&repository, &["commit", "--quiet", "--message", "one"]);
    git(&repository, &["tag", "v1"]);
    let commit = git(&repository, &["rev-parse", "HEAD"]);
    place.write("repository/shop/left.txt", "newer\n");
    git(
        &repository,
        &["commit", "--quiet", "--all", "--message", "two"],
    );
    for source in [
        "repository@v1//shop".to_owned(),
        format!("git+{}@{commit}//shop", repository.display()),
        format!(
            "git+file://{}@{}//shop",
            repository.display(),
            &commit[..10]
        ),
    ] {
        assert_made(&place, &source);
    }
    let newest = format!("git+{}//shop", repository.display());
    place
        .djr(["startproject", "my_shop", "-t", &newest])
        .success();
    assert_eq!(place.read("my_shop/left.txt"), "newer\n");
    let record = place.read("my_shop/.djr/scaffold.toml");
    let newest = git(&repository, &["rev-parse", "HEAD"]);
    assert!(
        record.contains(&format!("revision = \"{newest}\"")),
        "{record}"
    );
    for (source, expected) in [
        (
            "repository@v9//shop",
            "it has no branch, tag or commit `v9`",
        ),
        ("repository@v1//nothing", "git cannot get"),
        ("git+--upload-pack=touch hacked", "looks like an option"),
        ("git+ext::sh -c touch% hacked", "git cannot get"),
    ] {
        let refused = place.djr(["startproject", "other", "-t", source]).exited(1);
        assert!(
            refused.stderr().contains(expected),
            "{source}: {}",
            refused.stderr()
        );
    }
    assert!(!place.path("hacked").exists() && !place.path("other").exists());
}

#[test]
fn a_source_that_is_not_there_is_told_with_the_nearest_name() {
    let place = Project::empty();
    let refused = place
        .djr(["startproject", "blog", "-t", "defualt"])
        .exited(1);
    let told = refused.stderr();
    assert!(told.contains("there is no scaffold `defualt`"), "{told}");
    assert!(told.contains("did you mean `default`"), "{told}");
    assert!(told.contains("djr startproject --list"), "{told}");
}

/// The entry that `change` makes of a tar.
fn hostile(change: impl FnOnce(&mut tar::Builder<Vec<u8>>)) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    change(&mut archive);
    archive.into_inner().unwrap()
}

/// A header whose path is written as it is, which `tar` itself would refuse.
fn header(path: &[u8], kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_old();
    let field = &mut header.as_old_mut().name;
    field[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

#[test]
fn hostile_archives_write_nothing_anywhere() {
    let place = Project::empty();
    let file = tar::EntryType::Regular;
    let one = |path: &'static [u8], kind: tar::EntryType| {
        hostile(|archive| archive.append(&header(path, kind, 0), &b""[..]).unwrap())
    };
    let link = |kind: tar::EntryType| {
        hostile(|archive| {
            let mut entry = header(b"link", kind, 0);
            entry.set_link_name("/etc").unwrap();
            entry.set_cksum();
            archive.append(&entry, &b""[..]).unwrap();
            archive
                .append(&header(b"link/passwd", file, 0), &b""[..])
                .unwrap();
        })
    };
    let twice = hostile(|archive| {
        archive.append(&header(b"a", file, 0), &b""[..]).unwrap();
        archive.append(&header(b"./a", file, 0), &b""[..]).unwrap();
    });
    let many = hostile(|archive| {
        for number in 0..100_001 {
            let name = format!("{number}");
            archive
                .append(&header(name.as_bytes(), file, 0), &b""[..])
                .unwrap();
        }
    });
    for (archive, expected) in [
        (one(b"../out", file), "must lead downwards"),
        (one(b"/out", file), "must lead downwards"),
        (one(b"a/../../out", file), "must lead downwards"),
        (one(b"caf\xe9", file), "its name is not UTF-8"),
        (one(b"a\nb", file), "no file should have such a name"),
        (
            one(b"device", tar::EntryType::Block),
            "neither a file nor a directory",
        ),
        (
            one(b"pipe", tar::EntryType::Fifo),
            "neither a file nor a directory",
        ),
        (link(tar::EntryType::Symlink), "it is a link"),
        (link(tar::EntryType::Link), "it is a link"),
        (twice, "it is there twice"),
        (many, "more than 100000 files and directories"),
    ] {
        fs::write(place.path("a.tar.gz"), gzipped(&archive)).unwrap();
        assert_refused(&place, "a.tar.gz", expected);
    }
    let large = vec![b'0'; 64 << 20];
    let bomb = hostile(|archive| {
        for number in 0..9 {
            let entry = header(&[b'a' + number], file, large.len() as u64);
            archive.append(&entry, large.as_slice()).unwrap();
        }
    });
    fs::write(place.path("a.tar.gz"), gzipped(&bomb)).unwrap();
    assert_refused(&place, "a.tar.gz", "more than 512 MiB together");
    zip_of(&[("../out", "")], &place.path("a.zip"));
    assert_refused(&place, "a.zip", "must lead downwards");
    fs::write(place.path("a.zip"), b"PK\x03\x04 and nothing more").unwrap();
    assert_refused(&place, "a.zip", "cannot read `a.zip`");
    fs::write(place.path("a.tar.gz"), &gzipped(&tar_of(&FILES, ""))[..100]).unwrap();
    assert_refused(&place, "a.tar.gz", "incomplete deflate stream");
    fs::write(place.path("a.txt"), b"text").unwrap();
    assert_refused(&place, "a.txt", "is not an archive that is known");
}

fn assert_refused(place: &Project, source: &str, expected: &str) {
    let refused = place.djr(["startproject", "blog", "-t", source]).exited(1);
    assert!(
        refused.stderr().contains(expected),
        "{expected}: {}",
        refused.stderr()
    );
    assert!(!place.path("blog").exists(), "{expected}");
    assert!(!place.path("../out").exists() && !Path::new("/out").exists());
    let names = place.names("");
    assert!(names.iter().all(|name| name.starts_with("a.")), "{names:?}");
}

#[test]
fn a_name_that_a_template_makes_cannot_lead_out() {
    let place = Project::empty()
        .file(
            "evil/scaffold.toml",
            "[variables.x]\ndefault = \"../out\"\n",
        )
        .file("evil/{{ x }}", "");
    let refused = place.djr(["startproject", "blog", "-t", "evil"]).exited(1);
    assert!(
        refused.stderr().contains("is not the name of a file"),
        "{}",
        refused.stderr()
    );
    for answer in ["..", ".", "", "a/b"] {
        let data = format!("x={answer}");
        place
            .djr(["startproject", "blog", "-t", "evil", "-d", &data])
            .exited(1);
    }
    assert_eq!(
        place.names(""),
        ["evil", "evil/scaffold.toml", "evil/{{ x }}"]
    );
}

#[test]
#[cfg_attr(without_django, ignore = "needs Django")]
fn templates_of_django_come_out_as_from_django_itself() {
    Tool::Django.require();
    let python = python_with_django().unwrap();
    let print = "import django, os; print(os.path.dirname(django.__file__))";
    let found = Command::new(&python).args(["-c", print]).output().unwrap();
    let conf = String::from_utf8(found.stdout).unwrap().trim().to_owned() + "/conf";
    let place = Project::empty();
    for (command, kind) in [("startproject", "project"), ("startapp", "app")] {
        let mut theirs = Command::new(python.with_file_name("django-admin"));
        theirs.args([command, "my_site"]).current_dir(place.root());
        assert!(theirs.status().unwrap().success());
        fs::rename(place.path("my_site"), place.path("theirs")).unwrap();
        let template = format!("{conf}/{kind}_template");
        if kind == "app" {
            place.djr(["startproject", "blog", "."]).success();
        }
        place.djr([command, "my_site", "-t", &template]).success();
        let names = place.names("theirs");
        assert_eq!(place.names("my_site"), names);
        for name in names {
            let path = place.path(format!("theirs/{name}"));
            if !path.is_file() {
                continue;
            }
            let [ours, theirs] = ["my_site", "theirs"].map(|top| {
                let text = place.read(format!("{top}/{name}"));
                let lines = text.lines().filter(|line| !line.starts_with("SECRET_KEY"));
                lines.map(ToOwned::to_owned).collect::<Vec<_>>()
            });
            let version = |line: &String| match line.split_once("using Django 5.2") {
                Some((before, _)) => before.to_owned(),
                None => line.clone(),
            };
            assert_eq!(
                ours.iter().map(version).collect::<Vec<_>>(),
                theirs.iter().map(version).collect::<Vec<_>>(),
                "{name}"
            );
        }
        fs::remove_dir_all(place.path("theirs")).unwrap();
        fs::remove_dir_all(place.path("my_site")).unwrap();
    }
}

#[test]
fn options_of_django_choose_what_is_rendered() {
    let place = Project::empty()
        .file("t/a.py-tpl", "{{ project_name }}")
        .file(
            "t/b.html",
            "{{ project_name }}{% verbatim %}{{ x }}{% endverbatim %}",
        )
        .file("t/Procfile", "{{ project_name }} {{ unknown }}")
        .file("t/project_name/c.txt", "{{ project_name }}")
        .file("t/.hidden/d", "")
        .file("t/docs/e", "");
    place.djr(["startproject", "one", "-t", "t"]).success();
    assert_eq!(place.read("one/a.py"), "one");
    assert!(place.read("one/b.html").starts_with("{{"));
    assert_eq!(place.read("one/one/c.txt"), "{{ project_name }}");
    assert!(!place.path("one/.hidden").exists() && !place.path("one/.djr").exists());
    let words = [
        "startproject",
        "two",
        "-t",
        "t",
        "-e",
        "html,txt",
        "-n",
        "Procfile",
        "-x",
        "docs",
    ];
    place.djr(words).success();
    assert_eq!(place.read("two/b.html"), "two{{ x }}");
    assert_eq!(place.read("two/Procfile"), "two ");
    assert_eq!(place.read("two/two/c.txt"), "two");
    assert!(place.path("two/.hidden/d").exists() && !place.path("two/docs").exists());
}

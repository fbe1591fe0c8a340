//! Bodies as browsers write them, bodies that are made to be misread, and bodies that come in pieces.

use std::io::Read as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::{FormLimits, FormReader, MultipartEvent, MultipartParser, read_form};
use crate::http::multipart::boundary;
use crate::http::{FormData, FormError, HeaderParameters, QueryDict, UploadDirectory};

const LIMITS: FormLimits = FormLimits {
    memory_bytes: 1_000_000,
    fields: 1000,
    files: 100,
    field_bytes: 2_621_440,
};

/// The form in `body`, of which `size` bytes come at a time.
fn read_in_pieces(size: usize, body: &[u8], boundary: &str) -> Result<FormData, FormError> {
    let mut reader = FormReader::new(boundary, LIMITS, None);
    for piece in body.chunks(size) {
        reader.push(piece)?;
    }
    reader.finish()
}

fn form(body: &str) -> Result<Arc<QueryDict>, FormError> {
    read_form(body.as_bytes(), "b", LIMITS).map(|parts| parts.fields)
}

fn pairs(form: &QueryDict) -> Vec<(&str, &str)> {
    form.iter().collect()
}

/// The fields, and of each file its field, its name and its content.
type Told = (Arc<QueryDict>, Vec<[String; 3]>);

fn told(parts: Result<FormData, FormError>) -> Result<Told, FormError> {
    let parts = parts?;
    let files = parts.files.iter().map(|(field, file)| {
        let mut content = String::new();
        file.open().unwrap().read_to_string(&mut content).unwrap();
        [field.to_owned(), file.name().to_owned(), content]
    });
    Ok((Arc::clone(&parts.fields), files.collect()))
}

#[test]
fn files_are_kept_in_memory_or_on_disk() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=f; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\n{content}\r\n"
        )
    };
    let large = "x".repeat(200_000);
    let body = [
        file("../a/small.txt", "1234"),
        file("large.txt", &large),
        file("", ""),
    ];
    let limits = FormLimits {
        memory_bytes: 100_000,
        ..LIMITS
    };
    let uploads = Arc::new(UploadDirectory::open(directory.path()));
    let mut reader = FormReader::new("b", limits, Some(Arc::clone(&uploads)));
    for piece in format!("{}--b--", body.concat()).as_bytes().chunks(1000) {
        reader.push(piece).unwrap();
    }
    let parts = reader.finish().unwrap();
    let on_disk = || walk(directory.path());
    assert_eq!((parts.files.len(), on_disk()), (2, 1));
    let [small, big] = [0, 1].map(|index| parts.files.iter().nth(index).unwrap().1);
    assert_eq!(
        (small.name(), small.size(), small.temporary_path()),
        ("small.txt", 4, None)
    );
    assert_eq!((big.size(), big.content_type()), (200_000, "text/plain"));
    let mut content = String::new();
    big.open().unwrap().read_to_string(&mut content).unwrap();
    assert_eq!(content, large);
    drop(parts);
    assert_eq!(on_disk(), 0, "the file goes with the form");
}

/// The problem of a body that is refused.
fn refusal(body: &str) -> String {
    form(body).unwrap_err().to_string()
}

/// A body of one part with this head.
fn with_head(head: &str) -> String {
    format!("--b\r\n{head}\r\n\r\nvalue\r\n--b--\r\n")
}

#[test]
fn fields_are_read_and_files_are_passed_over() {
    let body = "what comes first is for readers of mail\r\n\
        --b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n--x\r\n\r\n\
        --b \t\r\ncontent-disposition: FORM-DATA; name=é\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n\u{1F600}\r\n\
        --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain; charset=latin-1\r\n\r\nsecret\r\n\
        --b\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n\
        --b\r\nContent-Disposition: form-data; name=\"a\"\r\nX-Other: x\r\n\r\n\r\n\
        --b--\r\nand what comes last\r\n--b\r\n";
    let form = form(body).unwrap();
    assert_eq!(
        pairs(&form),
        [("a", "1\r\n2\r\n--x\r\n"), ("é", "\u{1F600}"), ("a", "")]
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_replaced() {
    let body = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\xFF\0\r\n--b--";
    let form = read_form(body.as_slice(), "b", LIMITS).unwrap().fields;
    assert_eq!(pairs(&form), [("a", "\u{FFFD}\0")]);
}

#[test]
fn a_body_that_could_be_read_in_two_ways_is_refused() {
    let field = "Content-Disposition: form-data; name=a";
    for (body, problem) in [
        (
            String::new(),
            "part 0 of the form has no end: a boundary is missing",
        ),
        (
            "a=1&b=2".to_owned(),
            "part 0 of the form has no end: a boundary is missing",
        ),
        (
            format!("--b\r\n{field}\r\n\r\nvalue"),
            "part 1 of the form has no end: a boundary is missing",
        ),
        (
            format!("--b\r\n{field}\r\n\r\nvalue\r\n--b"),
            "part 1 of the form has no end: a boundary is missing",
        ),
        (
            format!("--b\r\n{field}\r\n"),
            "part 1 of the form ends within its head",
        ),
        (
            format!("--b\r\n{field}\r\n\r\n--b--"),
            "part 1 of the form ends within its head",
        ),
        (
            format!("--b\n{field}\n\nvalue\n--b--"),
            "part 1 of the form ends within its head",
        ),
        (
            format!("--b\r\n{field}\r\n\r\nvalue\r\n--bc\r\n\r\n"),
            "part 2 of the form begins with a line that only begins with the boundary",
        ),
        (
            with_head("Content-Type: text/plain"),
            "part 1 of the form has no `Content-Disposition`",
        ),
        (
            with_head("name=a"),
            "part 1 of the form has a header without `:`",
        ),
        (
            with_head("Content-Disposition: form-data"),
            "part 1 of the form has no name",
        ),
        (
            with_head("Content-Disposition: attachment; name=a"),
            "part 1 of the form is not `form-data`",
        ),
        (
            with_head(&format!("{field}; name=b")),
            "part 1 of the form has a `Content-Disposition` that cannot be read",
        ),
        (
            with_head(&format!("{field}; filename=\"x")),
            "part 1 of the form has a `Content-Disposition` that cannot be read",
        ),
        (
            with_head(&format!("{field}\r\n{field}")),
            "part 1 of the form has a header twice",
        ),
        (
            with_head(&format!(
                "{field}\r\nContent-Type: text/plain; charset=\"iso-8859-1\""
            )),
            "part 1 of the form is a text that is not in UTF-8",
        ),
        (
            with_head(&format!("{field}\r\nContent-Transfer-Encoding: base64")),
            "part 1 of the form is encoded for mail",
        ),
        (
            with_head(&format!("{field}\r\nX-Long: {}", "x".repeat(9000))),
            "part 1 of the form has a head that is too large",
        ),
        (
            with_head(&format!("{field}\r\n{}", "X: 1\r\n".repeat(3000))),
            "part 1 of the form has a head that is too large",
        ),
    ] {
        assert_eq!(refusal(&body), problem, "{}", &body[..body.len().min(200)]);
    }
    let mut reader = FormReader::new("b", LIMITS, None);
    reader.push(b"--b\r\nX: ").unwrap();
    let error = reader.push(&vec![b'x'; 1 << 20]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "part 1 of the form has a head that is too large"
    );
}

#[test]
fn many_small_files_are_kept_in_memory_as_long_as_they_are_few_bytes_together() {
    let directory = tempfile::tempdir().unwrap();
    let file = "--b\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n12345\r\n";
    let limits = FormLimits {
        memory_bytes: 12,
        ..LIMITS
    };
    let uploads = Arc::new(UploadDirectory::open(directory.path()));
    let mut reader = FormReader::new("b", limits, Some(Arc::clone(&uploads)));
    reader.push(file.repeat(4).as_bytes()).unwrap();
    reader.push(b"--b--").unwrap();
    let form = reader.finish().unwrap();
    let on_disk = form
        .files
        .iter()
        .map(|(_, file)| file.temporary_path().is_some());
    assert_eq!(on_disk.collect::<Vec<_>>(), [false, false, true, true]);
}

#[test]
fn a_form_that_breaks_off_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let body = "--b\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n12345\r\n--b";
    let limits = FormLimits {
        memory_bytes: 0,
        ..LIMITS
    };
    let uploads = Arc::new(UploadDirectory::open(directory.path()));
    let left = || walk(directory.path());
    let mut reader = FormReader::new("b", limits, Some(Arc::clone(&uploads)));
    reader.push(body.as_bytes()).unwrap();
    assert_eq!(left(), 1);
    drop(reader);
    assert_eq!(left(), 0);
    let mut reader = FormReader::new("b", limits, Some(uploads));
    reader.push(body.as_bytes()).unwrap();
    assert!(reader.finish().is_err());
    assert_eq!(left(), 0);
}

/// How many files there are below `directory`.
fn walk(directory: &std::path::Path) -> usize {
    let files = walkdir::WalkDir::new(directory).into_iter();
    files
        .filter(|entry| entry.as_ref().unwrap().file_type().is_file())
        .count()
}

#[test]
fn a_form_has_limits() {
    let field = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n";
    let file = "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n12345\r\n";
    let read = |part: &str, count: usize| {
        let limits = FormLimits {
            fields: 3,
            files: 2,
            field_bytes: 17,
            ..LIMITS
        };
        let body = format!("{}--b--", part.repeat(count));
        let form = read_form(body.as_bytes(), "b", limits);
        form.map(|form| form.fields.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!((read(field, 2), read(file, 2)), (Ok(2), Ok(0)));
    let too_large = "the fields of the form are larger than 17 bytes";
    assert_eq!(read(field, 3), Err(too_large.to_owned()));
    assert_eq!(
        read(file, 3),
        Err("the number of files exceeded 2".to_owned())
    );
    let short = field.replace("12345", "1");
    assert_eq!(
        read(&short, 10_000),
        Err("the number of fields exceeded 3".to_owned())
    );
}

#[test]
fn a_part_within_a_part_is_content() {
    let body = "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\
                --c\r\nContent-Disposition: form-data; name=hidden\r\n\r\nx\r\n--c--\r\n--b--";
    let form = form(body).unwrap();
    assert_eq!(form.len(), 1);
    assert!(form.get("hidden").is_none() && form.get("a").is_some());
}

#[test]
fn the_name_of_a_file_cannot_lead_anywhere() {
    for (written, name) in [
        (r#""a b.txt""#, Some("a b.txt")),
        (r#""../../etc/passwd""#, Some("passwd")),
        (r#""C:\dir\a.txt""#, Some("a.txt")),
        (r#""C:\\dir\\a.txt""#, Some("a.txt")),
        (r#""a\"b%22.txt""#, Some(r#"a"b%22.txt"#)),
        ("\"a\0b\u{202E}txt.exe\"", Some("abtxt.exe")),
        ("\"\u{e9}\u{4e2d}.txt\"", Some("é中.txt")),
        (r#""..""#, None),
        (r#""dir/""#, None),
        ("\"\0\"", None),
        (r#""""#, None),
    ] {
        let body = with_head(&format!(
            "Content-Disposition: form-data; name=a; filename={written}"
        ));
        let mut parser = MultipartParser::new("b");
        parser.push(body.as_bytes());
        let Some(MultipartEvent::Part(head)) = parser.next_event().unwrap() else {
            panic!("{written}");
        };
        assert!(head.is_file(), "{written}");
        assert_eq!(head.file_name().as_deref(), name, "{written}");
    }
}

#[test]
fn a_boundary_is_a_short_line_of_ascii() {
    let read = |text: &str| {
        let parsed = HeaderParameters::parse(&format!("multipart/form-data; boundary={text}"));
        parsed.and_then(|parsed| boundary(&parsed).map(ToOwned::to_owned))
    };
    assert_eq!(read("\"a: b\"").as_deref(), Some("a: b"));
    assert_eq!(read(&"x".repeat(200)), Some("x".repeat(200)));
    for text in [
        "",
        "\"\"",
        "\"a \"",
        "é",
        "\"a\r\nb\"",
        "a; boundary=b",
        &"x".repeat(201),
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_in_pieces_of_any_size(
        values in prop::collection::vec("[a\r\n\\-b]{0,40}", 0..6),
        size in 1_usize..50,
    ) {
        let parts = values.iter().enumerate().map(|(index, value)| {
            format!("--bbb\r\nContent-Disposition: form-data; name=\"{index}\"\r\n\r\n{value}\r\n")
        });
        let body = parts.collect::<Vec<_>>().concat() + "--bbb--\r\n";
        prop_assume!(values.iter().all(|value| !format!("\r\n{value}").contains("\r\n--bbb")));
        let form = read_in_pieces(size, body.as_bytes(), "bbb").unwrap();
        let read: Vec<_> = form.fields.iter().map(|(_, value)| value.to_owned()).collect();
        prop_assert_eq!(read, values);
    }

    #[test]
    fn pieces_make_no_difference(body in "(--b|\r\n|Content-Disposition: form-data; name=a|; filename=x|-|:|x){0,40}", size in 1_usize..9) {
        let whole = told(read_form(body.as_bytes(), "b", LIMITS));
        prop_assert_eq!(told(read_in_pieces(size, body.as_bytes(), "b")), whole);
    }
}

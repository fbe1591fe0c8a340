//! Sound texts to begin with, some of each target.

use std::fs;

use djr::settings::reference;

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Vec<u8>> {
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// The blocks of code of this language in the pages of `docs/`.
fn snippets(language: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for page in fs::read_dir("docs").unwrap() {
        let text = fs::read_to_string(page.unwrap().path()).unwrap();
        let blocks = text.split("```").skip(1).step_by(2);
        let of_language = blocks.filter_map(|block| block.strip_prefix(language));
        found.extend(of_language.map(|block| block.as_bytes().to_vec()));
    }
    found
}

pub(crate) fn dates() -> Vec<Vec<u8>> {
    texts([
        "2024-01-02",
        "20240102",
        "2024-W05-2",
        "2024W05T0304Z",
        "2024-1-2 3:4:5 +0100",
        "2024-01-02T03:04:05.123456+01:30:15.5",
        "9999-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z",
        "172030,5",
        "7:05",
        "1 days 12:03:04.5",
        "-106751991 04:00:54.775807",
        "P3.3DT3.3H3.3M3.3S",
    ])
}

pub(crate) fn document() -> Vec<Vec<u8>> {
    let mut found = snippets("toml");
    for path in ["tests/parity/detected.toml", "src/settings/reference.toml"] {
        found.push(fs::read(path).unwrap());
    }
    found.extend(texts([
        "[project]\nname = 'a'\nallowed_hosts = [\"a.example\"]\n[caches.default]\n",
    ]));
    found
}

pub(crate) fn dotenv() -> Vec<Vec<u8>> {
    texts([
        "DJR_SECRET_KEY=abc\nDJR_PROJECT__DEBUG=true # so\n",
        "export DJR_SITE__NAME=\"a \\\"b\\\" \\\\ \\$c\"\n\tDJR_EMAIL__PORT='25'\n",
        "\u{feff}FOO.BAR=1\nDJR_PROJECT__ALLOWED_HOSTS=a.example,b.example\r\nDJR_DATABASES__DEFAULT__TIMEOUT=5\n",
        "DJR_SITE__A=[1, 2]\nDJR_SITE__B={ a = 1 }\nDJR_LOGGING__LEVEL=debug",
    ])
}

pub(crate) fn fixtures() -> Vec<Vec<u8>> {
    texts([
        r#"[{"model": "auth.group", "pk": 1, "fields": {"name": "editors", "permissions": [1, 2]}}]"#,
        r#"{"model": "auth.user", "pk": 2, "fields": {"username": "ada", "password": "!", "last_login": "2024-01-02T03:04:05Z", "is_active": true, "groups": [["editors"]], "user_permissions": [["add_user", "auth", "user"]]}}"#,
        r#"[{"model": "contenttypes.contenttype", "fields": {"app_label": "a", "model": "b"}}, {"model": "sessions.session", "pk": "abcdefgh", "fields": {"session_data": "x", "expire_date": "2024-01-02"}}]"#,
        r#"[{"model": "admin.logentry", "pk": 7, "fields": {"action_time": "20240102T03", "user": null, "content_type": 1, "object_id": "1", "object_repr": "é", "action_flag": 1, "change_message": ""}}]"#,
        "[]",
    ])
}

pub(crate) fn forms() -> Vec<Vec<u8>> {
    let mut found = snippets("toml");
    found.retain(|text| text.starts_with(b"\n["));
    for text in &mut found {
        text.remove(0);
    }
    found.push(crate::forms::FIELDS.trim_start().as_bytes().to_vec());
    found.extend(texts([
        "boolean=on&null_boolean=unknown&char=abc&choice=a&multiple=a&multiple=b&typed=2",
        "date=2024-01-02&moment=2024-01-02T03%3A04&split_0=2024-01-02&split_1=03%3A04&time=3%3A04",
        "decimal=1.25&duration=1+days&email=a%40example.com&float=1e3&address=%3A%3A1&integer=7",
        "json=%7B%22a%22%3A%5B1%5D%7D&regex=abc&slug=a-b&url=https%3A%2F%2Fa.example%2F&uuid=550e8400e29b41d4a716446655440000",
    ]));
    found
}

pub(crate) fn mail() -> Vec<Vec<u8>> {
    texts([
        "ada@example.com\0Hello\0Text\n",
        "Ada Lovelace <ada@example.com>\0Ünïcødé, and long enough that it must be folded somewhere in the middle\0.\n..\n",
        "\"A, B\" <a@xn--bcher-kva.example>\0=?utf-8?q?x?=\0\r\n\0",
    ])
}

pub(crate) fn multipart() -> Vec<Vec<u8>> {
    texts([
        "\u{7}\0multipart/form-data; boundary=b\0--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
        "\u{1}\0form-data; name=\"f\"; filename*=UTF-8''%e2%82%ac.txt\0--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../a.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=b\r\n\r\n\r\n--b--",
    ])
}

pub(crate) fn records() -> Vec<Vec<u8>> {
    texts([
        "username,email\nada,ada@example.com\n\"b\"\"c\",\"d\ne\"\n",
        "username;email\r\nada;a\r\n",
        "username\temail\nada\t\n",
        "\u{feff}[{\"username\": \"ada\", \"groups\": [\"a\"]},\n {\"username\": \"b\", \"is_active\": true}]",
        "{\"username\": \"ada\"}\n{\"username\": \"b\", \"n\": 1.5e3}\n",
    ])
}

pub(crate) fn request() -> Vec<Vec<u8>> {
    texts([
        "/accounts/login/?next=/%C3%A9/&a=1&a=2;b",
        "/static/css/../a.css",
        "sessionid=abc; csrftoken=\"d e\"; a=b=c",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "[::1]:8000",
        "example.com:80",
    ])
}

pub(crate) fn session() -> Vec<Vec<u8>> {
    texts([
        r#"{"_auth_user_id":"1","cart":[1,2.5,null,true,"é"],"_session_expiry":300}"#,
        r#"{"_session_expiry":"2024-01-02T03:04:05+00:00","a":{"b":[]}}"#,
        ".eJyrVkpUslIyVqoFAA8lApg:1rKx7e:abc",
        "sqr8h4kx1cnrbh7ms3b8kovd2u6w4y0z",
    ])
}

pub(crate) fn signing() -> Vec<Vec<u8>> {
    texts(["hello", "hello:1rKx7e:abc", "a:b:c:", "é\n", ""])
}

pub(crate) fn urls() -> Vec<Vec<u8>> {
    texts([
        "posts/<slug:slug>/<int:year>/\0posts/a-b/2024/",
        "<path:rest>\0a/b/c",
        "<uuid:key>/<str:name>/\u{0}550e8400-e29b-41d4-a716-446655440000/x/",
        "a b/%C3%A9/<int:n>\0a b/é/7",
    ])
}

pub(crate) fn variables() -> Vec<Vec<u8>> {
    let values = [
        "1",
        "true",
        "a,b",
        "['a', 'b']",
        "0",
        "-1",
        "1.5",
        "https://a.example/",
        "text with words",
        "a.example",
        "{ a = 1 }",
    ];
    let keys = reference::keys().iter().enumerate();
    let pairs = keys.map(|(index, key)| format!("{}\0{}", key.path, values[index % values.len()]));
    pairs.map(String::into_bytes).collect()
}

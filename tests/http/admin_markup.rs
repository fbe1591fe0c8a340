//! Markup that was typed into the admin, and what its pages may run.

use crate::admin_attacks::addresses;
use crate::admin_models::{admin_site, links, lists, of_staff};
use crate::attacks::browser::{Browser, form_encoded};
use crate::support::form::unescaped;

/// What must not stand in a page as it was written.
const SCRIPT: &str = "<script>alert(1)</script>";

#[test]
fn what_was_typed_is_text_on_every_page() {
    let project = admin_site();
    let text = "UPDATE catalog_text SET long = ?1, slug = ?1, email = ?1, url = ?1, maybe_line = ?1, color = 'other';
        UPDATE catalog_person SET name = ?1; UPDATE catalog_key SET name = ?1; UPDATE catalog_place SET name = ?1, location = ?1;
        UPDATE catalog_thing SET data = json_array(?1), path = ?1, file = ?1, image = ?1, address = ?1;
        UPDATE catalog_team SET name = ?1 || id; UPDATE catalog_event SET name = ?1, status = 'x'; UPDATE catalog_seat SET name = ?1;
        UPDATE catalog_note SET title = ?1, text = ?1; UPDATE catalog_mark SET label = ?1; UPDATE legacy_table SET title = ?1;
        UPDATE catalog_booking SET guest = ?1 || id; UPDATE catalog_membership SET role = ?1;
        INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag, change_message)
        SELECT '2026-01-02 03:04:05', 1, id, '1', ?1, 2, '[{\"changed\": {\"fields\": [\"' || ?1 || '\"], \"name\": \"' || ?1 || '\", \"object\": \"' || ?1 || '\"}}]'
        FROM django_content_type WHERE app_label = 'catalog'";
    let database = project.database();
    for statement in text.replace("?1", &format!("'{SCRIPT}'")).split(';') {
        database.execute_batch(statement).unwrap();
    }
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let mut seen = 0;
    let mut look = |ada: &mut Browser, path: &str| {
        let answer = ada.get(path);
        let page = answer.text();
        assert!(!page.contains("<script>alert"), "{path}\n{page}");
        seen += usize::from(page.contains("&lt;script&gt;alert"));
        page
    };
    look(&mut ada, "/admin/");
    look(
        &mut ada,
        &format!("/admin/catalog/text/?q={}", form_encoded(SCRIPT)),
    );
    look(
        &mut ada,
        "/admin/catalog/text/?o=%3Cscript%3Ealert(1)%3C/script%3E&%3Cscript%3Ealert=1",
    );
    look(
        &mut ada,
        "/admin/catalog/text/%3Cscript%3Ealert(1)%3C/script%3E/change/",
    );
    for list in lists(&mut ada) {
        let page = look(&mut ada, &list);
        for change in links(&page, &list, "/change/") {
            for page in ["change/", "history/", "delete/"] {
                look(&mut ada, &change.replace("change/", page));
            }
        }
        look(
            &mut ada,
            &format!("{list}add/?name={}", form_encoded(SCRIPT)),
        );
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn no_page_has_a_script_or_a_style_of_its_own_and_all_say_so() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let mut visitor = Browser::new(server.address());
    let mut pages = vec![("/admin/login/".to_owned(), visitor.get("/admin/login/"))];
    for path in addresses(&mut ada) {
        let path = path.replace("/thing/1/", "/thing/00000000-0000-4000-8000-000000000001/");
        let path = path
            .replace("/key/1/", "/key/plain/")
            .replace("/seat/1/", "/seat/1_2C2/");
        if !path.contains(".css") && path != "/admin/logout/" {
            let answer = ada.get(&path);
            pages.push((path, answer));
        }
    }
    let mut shown = 0;
    for (path, answer) in pages.into_iter().filter(|(_, answer)| answer.status == 200) {
        let page = answer.text();
        if !answer
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
        {
            continue;
        }
        let inline = [
            "<style",
            " style=\"",
            " onclick=",
            " onload=",
            " onchange=",
            " onsubmit=",
            "javascript:",
        ];
        for part in inline {
            assert!(!page.contains(part), "{part} {path}");
        }
        for script in page.split("<script").skip(1) {
            let head = script.split('>').next().unwrap();
            assert!(
                head.contains("src=\"/static/") || head.contains("application/json"),
                "{path}: <script{head}>"
            );
        }
        let policy = unescaped(&page)
            .contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'");
        assert!(policy, "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        let caching = answer.header("cache-control").unwrap_or_default();
        assert!(
            caching.contains("no-store") && caching.contains("private"),
            "{path} {caching}"
        );
        shown += 1;
    }
    assert!(shown > 60, "{shown}");
}

//! Options of the views of accounts.

use super::account_forms::{CHANGE, NEW, ask, change, follow, last_mail, link, set, site};
use super::test_site::{PASSWORD, header, text};

#[test]
fn options_change_pages_mails_and_where_a_form_leads() {
    let site = site();
    let own = "
[[urls]]
path = 'accounts/password_change/'
name = 'password_change'
view = 'auth.password_change'
success_url = 'plain'
extra_context = { title = 'Another one' }

[[urls]]
path = 'accounts/password_reset/'
name = 'password_reset'
view = 'auth.password_reset'
success_url = '/plain/'
subject_template = 'mails/subject.txt'
email_template = 'mails/body.txt'
from_email = 'help@example.com'
extra_email_context = { team = 'The <team>' }

[[urls]]
path = 'accounts/reset/<uidb64>/<token>/'
name = 'password_reset_confirm'
view = 'auth.password_reset_confirm'
success_url = 'mine'
post_reset_login = true
";
    site.write("urls.toml", &format!("{own}{}", super::test_site::URLS));
    site.write("templates/mails/subject.txt", "For\n {{ user.username }}\n");
    let body = "{{ team }} {{ protocol }}://{{ domain }}{{ url('password_reset_confirm', uidb64=uid, token=token) }} {{ valid_for }}";
    site.write("templates/mails/body.txt", body);
    site.write(
        "templates/plain.html",
        "{% for m in messages %}[{{ m.tags }}: {{ m }}]{% endfor %}",
    );
    let browser = site.browser();
    assert_eq!(
        header(&ask(&browser, "alice@example.com"), "Location"),
        "/plain/"
    );
    let mail = last_mail(&browser);
    assert!(
        mail.contains("Subject: For alice\n") && mail.contains("From: help@example.com\n"),
        "{mail}"
    );
    assert!(
        mail.contains("The <team> http://localhost/") && mail.contains("3 days"),
        "{mail}"
    );
    assert_eq!(
        text(&browser.get("/plain/")),
        "[success: If there is an account with this address, a link is on its way to it.]"
    );
    let form = follow(&browser, &link(&browser));
    let set = set(&browser, &form, [NEW, NEW]);
    assert_eq!(header(&set, "Location"), "/mine/");
    assert_eq!(text(&browser.get("/mine/")), "of alice");
    assert!(text(&browser.get(CHANGE)).contains("<h1>Another one</h1>"));
    let changed = change(&browser, NEW, [PASSWORD, PASSWORD]);
    assert_eq!(header(&changed, "Location"), "/plain/");
    let page = browser.get("/plain/");
    assert!(
        text(&page).ends_with("[success: Your password was changed.]"),
        "{}",
        text(&page)
    );
}

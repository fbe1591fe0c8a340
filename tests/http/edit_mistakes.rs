//! What `check` finds in entries of pages that write rows.

use crate::blog::POST_PAGES;
use crate::edit_views::{URLS, site};

#[test]
fn what_is_wrong_in_an_entry_is_found_with_its_place() {
    let entries = r#"
[[urls]]
path = "a/"
view = "generic.create"
form = "posts.PotsForm"

[[urls]]
path = "b/"
view = "generic.create"
form = "posts.CommentForm"
initial = { txt = "x", text = { request = "usr" } }
set = { pst = 1, text = "both", approved = "often", post = { captured = "pst" } }
success_url = "/posts/{post.slg}/{"
success_message = "%(txt)s at 100% %(post.titl)s"

[[urls]]
path = "c/<int:pk>/"
view = "generic.update"
model = "posts.Post"
fields = ["titel", "body"]
set = { author = { request = "user.nam" }, reviewer = { model = "posts.Tag" }, status = { model = "posts.Post" } }
success_url = "post-lst"

[[urls]]
path = "d/"
view = "generic.delete"
model = "posts.Tag"
success_url = "{slug}/x"
template = "list.html"

[[urls]]
path = "e/<int:pk>/"
view = "generic.delete"
model = "posts.Tag"
template = "list.html"

[[urls]]
path = "f/"
view = "generic.create"
model = "posts.Tag"
success_url = "/"

[[urls]]
path = "g/"
view = "generic.create"
form = "posts.PostForm"
model = "posts.Tag"
fields = []

[[urls]]
path = "h/"
view = "generic.create"
form = "posts.PostForm"
model = "posts.Tag"

[[urls]]
path = "i/"
view = "generic.create"
form = "posts.PostForm"
success_url = { name = "post-detail", kwargs = { slgu = "{slug}" }, x = 1 }
may = { author = 1 }

[[urls]]
path = "i2/"
view = "generic.create"
form = "posts.PostForm"
template = "posts/from.html"

[[urls]]
path = "j/"
view = "generic.create"
form = "posts.PostForm"
success_url = "/a/"
filter = { author = 1 }

[[urls]]
path = "k/"
view = "generic.update"
form = "posts.PostForm"
sucess_message = "x"
"#;
    let project = site();
    project.write("urls.toml", &format!("{POST_PAGES}{URLS}{entries}"));
    insta::assert_snapshot!(project.djr(["check", "--tag", "urls"]), @r##"
exit code: 1
----- stderr -----
error: urls.toml:86:8: there is no form `posts.PotsForm`
hint: did you mean `posts.PostForm`?
error: urls.toml:90:8: the path does not capture `pst`
hint: write `<pst>` or `<int:pst>` in the path
error: urls.toml:92:13: the form has no field `txt`
hint: did you mean `text`?
error: urls.toml:92:43: a request has no `usr`
hint: write `user`, or `user.team` for a field of the user
error: urls.toml:93:9: `pst` is not a field of `Comment` that can be set
hint: did you mean `post`?
error: urls.toml:93:18: `text` is in the form and set by the site
hint: leave it out of the `fields` of the form, or out of `set`
error: urls.toml:93:44: this is not a value of a BooleanField
error: urls.toml:94:15: `posts.post` has no field `slg`
hint: did you mean `slug`?
hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
error: urls.toml:94:15: `{` is not `{name}`; write `{{` for a brace
error: urls.toml:95:19: `posts.comment` has no field `txt`
hint: did you mean `text`?
hint: the choices are `approved`, `id`, `post`, `text`
error: urls.toml:95:19: `% %(post.tit` is not `%(name)s`; write `%%` for a per cent sign
error: urls.toml:99:8: no url is named `post-lst`
hint: did you mean `post-list`?
error: urls.toml:101:11: `titel` is not a field of `Post`
hint: did you mean `title`?
error: urls.toml:102:30: a user has no field `nam`
hint: the fields are `id`, `password`, `last_login`, `is_superuser`, `username`, `first_name`, `last_name`, `email`, `is_staff`, `is_active`, `date_joined`
error: urls.toml:102:55: `reviewer` refers to rows of `auth.user`
error: urls.toml:102:89: `status` does not refer to rows
error: urls.toml:107:8: the path captures neither of `pk`, `slug`
hint: a view of one row finds it by `<int:pk>` or `<slug:slug>`
error: urls.toml:109:15: a field of a `success_url` stands in its path
hint: begin with a slash: `/posts/{slug}/`
error: urls.toml:114:8: the view `generic.delete` needs a `success_url`
hint: write the path or the name of a url, or give the model a `url`
error: urls.toml:120:8: the view `generic.create` needs a `form`, or a `model` and `fields`
error: urls.toml:127:8: an entry has a `form` or `fields`, not both
error: urls.toml:134:8: the form `posts.PostForm` is one of `posts.post`
error: urls.toml:139:8: the url `post-detail` takes the values in `posts/<slug:slug>/`, not `slgu=...`
error: urls.toml:141:69: unknown key `x`
error: urls.toml:142:1: unknown key `may`
error: urls.toml:148:12: there is no template `posts/from.html`
hint: make it: `templates/posts/from.html`
error: urls.toml:155:1: unknown key `filter`
error: urls.toml:159:8: the path captures neither of `pk`, `slug`
hint: a view of one row finds it by `<int:pk>` or `<slug:slug>`
error: urls.toml:161:1: unknown key `sucess_message`
hint: did you mean `success_message`?
error: found 29 errors
"##);
}

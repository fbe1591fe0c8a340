//! The urls and the templates of the small project.

pub(super) const URLS: &str = r#"
[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"

[[urls]]
path = "plain/"
name = "plain"
view = "template"
template = "plain.html"

[[urls]]
path = "posts/<int:pk>/"
name = "post"
view = "template"
template = "post.html"

[[urls]]
path = "old/<int:pk>/"
view = "redirect"
pattern_name = "post"
permanent = true

[[urls]]
path = "mine/"
name = "mine"
view = "template"
template = "mine.html"
login_required = true

[[urls]]
path = "write/"
view = "template"
template = "mine.html"
permission_required = "posts.add_post"

[[urls]]
path = "edit/"
view = "template"
template = "mine.html"
permission_required = ["posts.add_post", "posts.change_post"]

[[urls]]
path = "staff/"
view = "template"
template = "mine.html"
staff_required = true

[[urls]]
path = "may/"
view = "template"
template = "may.html"

[[urls]]
path = "broken/"
view = "template"
template = "broken.html"

[[urls]]
path = "put/"
view = "redirect"
url = "/plain/"
methods = ["POST", "PUT"]

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

pub(super) const TEMPLATES: [(&str, &str); 8] = [
    ("home.html", "Hello {{ user.username }} {{ site.title }}"),
    ("plain.html", "plain"),
    ("post.html", "post {{ pk + 1 }}"),
    ("mine.html", "of {{ user.username }}"),
    (
        "may.html",
        "{{ user.has_perm('posts.add_post') }} {{ user.has_perms(['posts.add_post', 'posts.change_post']) }} \
         {{ user.has_module_perms('posts') }} {{ perms.posts.add_post }} {{ perms.posts.delete_post }} \
         {{ 'posts.add_post' in perms }} {{ 'shop.buy' in perms }} {% if perms.shop %}shop{% endif %} \
         {{ user.get_all_permissions()|join(',') }} {{ user.groups|map(attribute='name')|join(',') }}",
    ),
    ("broken.html", "one\ntwo {{ url('home', 1) }}\nthree"),
    (
        "registration/login.html",
        "{{ csrf_input }}{{ next }}|{{ form.username.value() }}|{{ form.non_field_errors()|join }}{% for field in form %}{% for error in field.errors %}{{ field.label }}: {{ error }}{% endfor %}{% endfor %}",
    ),
    ("registration/logged_out.html", "bye {{ user.username }}."),
];

//! Eight runs of one command at once leave what one run leaves.

use std::thread;

use crate::directory_state::DirectoryState;
use crate::scenario::{Log, is_full};
use crate::support::Project;

/// A project whose own migrations make tables, fill them, remake them and are not all atomic.
fn with_data() -> Project {
    let first = "[[operations]]\nCreateModel = { name = 'Post', fields = { title = { type = 'TextField' }, views = { type = 'IntegerField', default = 0 } } }\n\
         [[operations]]\nRunSQL = { sql = \"INSERT INTO blog_post (title, views) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT 'post ' || i, i FROM n\" }\n";
    let second = "dependencies = ['blog.0001_initial']\n\
         [[operations]]\nRunSQL = { sql = 'UPDATE blog_post SET views = views * 2' }\n\
         [[operations]]\nAlterField = { model = 'Post', name = 'title', field = { type = 'CharField', max_length = 90, unique = true } }\n";
    let third = "dependencies = ['blog.0002_views']\natomic = false\n\
         [[operations]]\nRunSQL = { sql = 'UPDATE blog_post SET views = views + 1' }\n\
         [[operations]]\nCreateModel = { name = 'Tag', fields = { post = { type = 'ForeignKey', to = 'Post', on_delete = 'CASCADE' } } }\n\
         [[operations]]\nRunSQL = { sql = 'INSERT INTO blog_tag (post_id) SELECT id FROM blog_post' }\n";
    let fourth = "dependencies = ['blog.0003_tags']\n\
         [[operations]]\nRunSQL = { sql = 'DELETE FROM blog_tag WHERE post_id % 2' }\n";
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file("blog/migrations/0001_initial.toml", first)
        .file("blog/migrations/0002_views.toml", second)
        .file("blog/migrations/0003_tags.toml", third)
        .file("blog/migrations/0004_fewer.toml", fourth)
}

#[test]
fn eight_migrations_at_once_of_a_new_file() {
    let project = with_data();
    let alone = project.copy().migrated();
    let expected = DirectoryState::of(alone.root());
    let mut log = Log::new("eight-migrations");
    for round in 1..=if is_full() { 300 } else { 3 } {
        let shared = project.copy();
        thread::scope(|scope| {
            let runs: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| shared.djr(["migrate"])))
                .collect();
            for run in runs {
                drop(run.join().unwrap().success());
            }
        });
        // Who finds that another one has written in between takes a snapshot of its own.
        let mut different = DirectoryState::of(shared.root()).difference(&expected);
        different.retain(|path| !path.starts_with(".djr"));
        assert!(different.is_empty(), "round {round}: {different:?}");
        log.line(&format!("round {round}: eight exited 0, one set of rows"));
    }
}


use builtin;
use str;

set edit:completion:arg-completer[djr] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'djr'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'djr'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand startproject 'Make a new project'
            cand startapp 'Make a new app in the project'
            cand up 'Check, migrate, make sure there is a superuser, serve'
            cand check 'Name what is wrong in settings, urls and templates'
            cand runserver 'Serve the project over HTTP'
            cand makemigrations 'Write what changed in the models as migrations'
            cand migrate 'Bring the database schema up to date'
            cand undo 'Put a database back to a snapshot from before a migration'
            cand showmigrations 'List the migrations and tell which are applied'
            cand sqlmigrate 'Print the statements of a migration'
            cand squashmigrations 'Write one migration that stands for several'
            cand optimizemigration 'Rewrite a migration with as few operations as do the same'
            cand dumpdata 'Write the rows of the database as a fixture, in JSON'
            cand loaddata 'Load fixtures into the database'
            cand flush 'Delete all rows of the project''s models'
            cand inspectdb 'Write models for the tables that a database has already'
            cand dbshell 'Open an SQL prompt on the database'
            cand createsuperuser 'Create a user who may do everything'
            cand changepassword 'Give a user another password'
            cand ensure 'Make sure that users and groups are as they should be'
            cand users 'List, show, change, delete and import users'
            cand groups 'List, show, create, rename and delete groups of users'
            cand permissions 'List, grant and revoke permissions of users and groups'
            cand sessions 'List who is logged in where, and log out'
            cand createcachetable 'Create the tables of the caches that are kept in a database'
            cand clearsessions 'Delete the sessions that have ended'
            cand remove_stale_contenttypes 'Delete content types whose models are gone'
            cand diffsettings 'Show the settings that differ from their defaults'
            cand collectstatic 'Copy static files to the directory they are served from'
            cand findstatic 'Tell where static files come from'
            cand sendtestemail 'Send a test message, to see whether mail arrives'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;startproject'= {
            cand --address 'Where `--up` listens: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --up 'Go on with `djr up`: migrate, make sure there is a superuser, serve'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;startapp'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;up'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;check'= {
            cand -t 'Check only this part; can be given several times'
            cand --tag 'Check only this part; can be given several times'
            cand --fail-level 'The level from which on findings fail the command'
            cand --database 'Check instead whether the schema of this database is what its migrations lead to'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --deploy 'Also what to change before the site goes public'
            cand --list-tags 'List the parts and check nothing'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;runserver'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;makemigrations'= {
            cand -n 'The name of the new migrations, after the number'
            cand --name 'The name of the new migrations, after the number'
            cand --rename 'A model or field has another name now: `posts.Post.title=headline`, `posts.Post=Article`'
            cand --no-rename 'The new one is not the old one: `posts.Post.title=headline`, or `posts.Post.title` for any'
            cand --default 'What existing rows get in a new column, as TOML: `posts.Post.slug=''""''`'
            cand --no-default 'No row lacks a value in a column that may have been null: `posts.Post.slug`'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --check 'Exit with 1 if models changed; write nothing'
            cand --dry-run 'Print what would be written, and write nothing; with `-v 2`, the files themselves'
            cand --empty 'Write a migration without operations for each APP, to be filled by hand'
            cand --merge 'Join the last migrations of an app that has more than one'
            cand --update 'Add the changes to the last migration instead, which must not be applied yet'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;migrate'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --plan 'Print what would be done and change nothing'
            cand --check 'Exit with 1 if there is something to do; change nothing'
            cand --rehearse 'Carry the plan out on a copy of the database, and tell time, rows and broken references'
            cand --fake 'Record migrations as applied, or as not applied, without running them'
            cand --fake-initial 'Record the first migrations of apps whose tables are there already, and run the others'
            cand --prune 'Forget the recorded migrations of the app whose files are gone, and do no more'
            cand --accept-edits 'Take the files of applied migrations that have changed as they are now, and do no more'
            cand --no-snapshot 'Take no snapshot before rows lose a column, a table or precision'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;undo'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --list 'List the snapshots, the newest first'
            cand --discard-later-writes 'Go back even if that loses what was written since'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;showmigrations'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand -l 'List by app (the default)'
            cand --list 'List by app (the default)'
            cand -p 'List in the order of application'
            cand --plan 'List in the order of application'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;sqlmigrate'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --backwards 'Print what undoes the migration'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;squashmigrations'= {
            cand --squashed-name 'The name of the new migration, after the number'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --no-optimize 'Leave the operations as they are'
            cand --dry-run 'Print what would be written and write nothing'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;optimizemigration'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --check 'Exit with 1 if there is something to reduce; write nothing'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;dumpdata'= {
            cand --indent 'Spaces for each level; without it, all is one line'
            cand -e 'What to leave out, as `app` or `app.Model`'
            cand --exclude 'What to leave out, as `app` or `app.Model`'
            cand --pks 'The primary keys to write, separated by commas; needs one `app.Model`'
            cand -o 'Write to this file; one that ends in `.gz` is compressed'
            cand --output 'Write to this file; one that ends in `.gz` is compressed'
            cand --format 'The format: a list in JSON, or an object on each line'
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --natural-foreign 'Refer to rows by natural keys, where their models have them'
            cand --natural-primary 'Leave out the primary keys of rows that have a natural key'
            cand -a 'Accepted for Django''s sake: no row is ever filtered'
            cand --all 'Accepted for Django''s sake: no row is ever filtered'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;loaddata'= {
            cand --app 'Look in the `fixtures/` of this app only, and in the current directory'
            cand -e 'Pass over the objects of an `app` or an `app.Model`'
            cand --exclude 'Pass over the objects of an `app` or an `app.Model`'
            cand --format 'The format of standard input'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand -i 'Pass over models and fields that do not exist'
            cand --ignorenonexistent 'Pass over models and fields that do not exist'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;flush'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;inspectdb'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --include-views 'Write models for views, too'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;dbshell'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;createsuperuser'= {
            cand --username 'The name to log in with'
            cand --email 'The email address; may be empty'
            cand --field 'A field of the project''s own user model; may be repeated'
            cand --password-file 'Read the password from this file, or from standard input if it is `-`'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;changepassword'= {
            cand --password-file 'Read the password from this file, or from standard input if it is `-`'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;ensure'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand superuser 'Make sure that there is an active superuser of this name'
            cand user 'Make sure that there is a user of this name, as the options describe it'
            cand group 'Make sure that there is a group, with these permissions'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;ensure;superuser'= {
            cand --username 'The name to log in with'
            cand --email 'The email address; may be empty'
            cand --first-name 'The first name'
            cand --last-name 'The last name'
            cand --field 'A field of the project''s own user model; may be repeated'
            cand --password-file 'Read the password from this file, or from standard input if it is `-`'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --check 'Change nothing; exit with 1 if something would be changed'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;ensure;user'= {
            cand --username 'The name to log in with'
            cand --email 'The email address; may be empty'
            cand --first-name 'The first name'
            cand --last-name 'The last name'
            cand --field 'A field of the project''s own user model; may be repeated'
            cand --group 'A group it is in; may be repeated'
            cand --password-file 'Read the password from this file, or from standard input if it is `-`'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --exact-groups 'It is in no other groups'
            cand --check 'Change nothing; exit with 1 if something would be changed'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;ensure;group'= {
            cand --permission 'A permission it has, as `app.codename`; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --exact 'It has no other permissions'
            cand --check 'Change nothing; exit with 1 if something would be changed'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;ensure;help'= {
            cand superuser 'Make sure that there is an active superuser of this name'
            cand user 'Make sure that there is a user of this name, as the options describe it'
            cand group 'Make sure that there is a group, with these permissions'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;ensure;help;superuser'= {
        }
        &'djr;ensure;help;user'= {
        }
        &'djr;ensure;help;group'= {
        }
        &'djr;ensure;help;help'= {
        }
        &'djr;users'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List users, by name'
            cand show 'Show all there is about users but their passwords'
            cand set 'Change what users are called, may do and belong to'
            cand activate 'Let users log in again'
            cand deactivate 'Keep users from logging in, and log them out'
            cand delete 'Delete users and what hangs on them'
            cand import 'Import users from CSV or JSON, all of them or none'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;users;list'= {
            cand --group 'Members of this group'
            cand --search 'With this text in one of their names or the email address'
            cand --last-login-before 'Have logged in, but not since this day or moment'
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --never-logged-in 'Have never logged in'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;show'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;set'= {
            cand --email 'The email address; may be empty'
            cand --first-name 'The first name'
            cand --last-name 'The last name'
            cand --field 'A field of the project''s own user model; may be repeated'
            cand --add-group 'A group to put them into; may be repeated'
            cand --remove-group 'A group to take them out of; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;activate'= {
            cand --group 'Members of this group'
            cand --search 'With this text in one of their names or the email address'
            cand --last-login-before 'Have logged in, but not since this day or moment'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --never-logged-in 'Have never logged in'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;deactivate'= {
            cand --group 'Members of this group'
            cand --search 'With this text in one of their names or the email address'
            cand --last-login-before 'Have logged in, but not since this day or moment'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --never-logged-in 'Have never logged in'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;delete'= {
            cand --group 'Members of this group'
            cand --search 'With this text in one of their names or the email address'
            cand --last-login-before 'Have logged in, but not since this day or moment'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --staff 'Staff: may enter the admin'
            cand --no-staff 'Not staff'
            cand --superuser 'Superuser: may do everything'
            cand --no-superuser 'Not a superuser'
            cand --active 'Active: may log in'
            cand --inactive 'Inactive: may not log in'
            cand --never-logged-in 'Have never logged in'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;import'= {
            cand --format 'The format, if the file''s name does not tell'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --update 'Change users that are there already, in the columns the file has'
            cand --plain-passwords 'The passwords in the file are plain: check and hash them'
            cand --weak-passwords 'Take plain passwords that the validators object to'
            cand --create-groups 'Create the groups that are not there'
            cand --dry-run 'Check everything and tell what would be done, but write nothing'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;users;help'= {
            cand list 'List users, by name'
            cand show 'Show all there is about users but their passwords'
            cand set 'Change what users are called, may do and belong to'
            cand activate 'Let users log in again'
            cand deactivate 'Keep users from logging in, and log them out'
            cand delete 'Delete users and what hangs on them'
            cand import 'Import users from CSV or JSON, all of them or none'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;users;help;list'= {
        }
        &'djr;users;help;show'= {
        }
        &'djr;users;help;set'= {
        }
        &'djr;users;help;activate'= {
        }
        &'djr;users;help;deactivate'= {
        }
        &'djr;users;help;delete'= {
        }
        &'djr;users;help;import'= {
        }
        &'djr;users;help;help'= {
        }
        &'djr;groups'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List groups, by name'
            cand show 'Show who is in a group and which permissions it has'
            cand create 'Create a group; `djr ensure group` does nothing if it is there'
            cand rename 'Give a group another name'
            cand delete 'Delete a group; its members stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;groups;list'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;groups;show'= {
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;groups;create'= {
            cand --permission 'A permission to give it, as `app.codename`; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;groups;rename'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;groups;delete'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;groups;help'= {
            cand list 'List groups, by name'
            cand show 'Show who is in a group and which permissions it has'
            cand create 'Create a group; `djr ensure group` does nothing if it is there'
            cand rename 'Give a group another name'
            cand delete 'Delete a group; its members stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;groups;help;list'= {
        }
        &'djr;groups;help;show'= {
        }
        &'djr;groups;help;create'= {
        }
        &'djr;groups;help;rename'= {
        }
        &'djr;groups;help;delete'= {
        }
        &'djr;groups;help;help'= {
        }
        &'djr;permissions'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List permissions: all, or those that users or groups have'
            cand grant 'Give permissions to users or groups'
            cand revoke 'Take permissions from users or groups'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;permissions;list'= {
            cand --user 'Only those of this user; may be repeated'
            cand --group 'Only those of this group; may be repeated'
            cand --app 'Only those of this app'
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;permissions;grant'= {
            cand --user 'A user; may be repeated'
            cand --group 'A group; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;permissions;revoke'= {
            cand --user 'A user; may be repeated'
            cand --group 'A group; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;permissions;help'= {
            cand list 'List permissions: all, or those that users or groups have'
            cand grant 'Give permissions to users or groups'
            cand revoke 'Take permissions from users or groups'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;permissions;help;list'= {
        }
        &'djr;permissions;help;grant'= {
        }
        &'djr;permissions;help;revoke'= {
        }
        &'djr;permissions;help;help'= {
        }
        &'djr;sessions'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List the sessions that somebody is logged in with'
            cand end 'End sessions, so that whoever has them is logged out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;sessions;list'= {
            cand --user 'Only those of this user; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --anonymous 'Those of visitors who are not logged in, too'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;sessions;end'= {
            cand --user 'All of this user; may be repeated'
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --all 'All of everybody, visitors who are not logged in too'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;sessions;help'= {
            cand list 'List the sessions that somebody is logged in with'
            cand end 'End sessions, so that whoever has them is logged out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;sessions;help;list'= {
        }
        &'djr;sessions;help;end'= {
        }
        &'djr;sessions;help;help'= {
        }
        &'djr;createcachetable'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand -n 'Print the SQL and change nothing'
            cand --dry-run 'Print the SQL and change nothing'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;clearsessions'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;remove_stale_contenttypes'= {
            cand --database 'The database, by its name in the settings'
            cand --lock-timeout 'How many seconds to wait for another process to finish'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --include-stale-apps 'Delete those of apps that are not installed, too'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;diffsettings'= {
            cand --output 'How differences are shown: marked with `#`, or as two lines'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --all 'Show all settings'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;collectstatic'= {
            cand -i 'Leave out files and directories that match this pattern, such as `*.scss`; may be repeated'
            cand --ignore 'Leave out files and directories that match this pattern, such as `*.scss`; may be repeated'
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --noinput 'Do not ask'
            cand --no-input 'Do not ask'
            cand -n 'Print what would be done and change nothing'
            cand --dry-run 'Print what would be done and change nothing'
            cand -c 'Copy every file anew, and remove from the directory what is not a static file'
            cand --clear 'Copy every file anew, and remove from the directory what is not a static file'
            cand --no-default-ignore 'Collect what is left out by default too: `CVS`, `.*` and `*~`'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;findstatic'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --first 'Print only the place that counts'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;sendtestemail'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --managers 'Write to everyone in `[mail] managers`'
            cand --admins 'Write to everyone in `[mail] admins`'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand --force-color 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;help'= {
            cand startproject 'Make a new project'
            cand startapp 'Make a new app in the project'
            cand up 'Check, migrate, make sure there is a superuser, serve'
            cand check 'Name what is wrong in settings, urls and templates'
            cand runserver 'Serve the project over HTTP'
            cand makemigrations 'Write what changed in the models as migrations'
            cand migrate 'Bring the database schema up to date'
            cand undo 'Put a database back to a snapshot from before a migration'
            cand showmigrations 'List the migrations and tell which are applied'
            cand sqlmigrate 'Print the statements of a migration'
            cand squashmigrations 'Write one migration that stands for several'
            cand optimizemigration 'Rewrite a migration with as few operations as do the same'
            cand dumpdata 'Write the rows of the database as a fixture, in JSON'
            cand loaddata 'Load fixtures into the database'
            cand flush 'Delete all rows of the project''s models'
            cand inspectdb 'Write models for the tables that a database has already'
            cand dbshell 'Open an SQL prompt on the database'
            cand createsuperuser 'Create a user who may do everything'
            cand changepassword 'Give a user another password'
            cand ensure 'Make sure that users and groups are as they should be'
            cand users 'List, show, change, delete and import users'
            cand groups 'List, show, create, rename and delete groups of users'
            cand permissions 'List, grant and revoke permissions of users and groups'
            cand sessions 'List who is logged in where, and log out'
            cand createcachetable 'Create the tables of the caches that are kept in a database'
            cand clearsessions 'Delete the sessions that have ended'
            cand remove_stale_contenttypes 'Delete content types whose models are gone'
            cand diffsettings 'Show the settings that differ from their defaults'
            cand collectstatic 'Copy static files to the directory they are served from'
            cand findstatic 'Tell where static files come from'
            cand sendtestemail 'Send a test message, to see whether mail arrives'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;help;startproject'= {
        }
        &'djr;help;startapp'= {
        }
        &'djr;help;up'= {
        }
        &'djr;help;check'= {
        }
        &'djr;help;runserver'= {
        }
        &'djr;help;makemigrations'= {
        }
        &'djr;help;migrate'= {
        }
        &'djr;help;undo'= {
        }
        &'djr;help;showmigrations'= {
        }
        &'djr;help;sqlmigrate'= {
        }
        &'djr;help;squashmigrations'= {
        }
        &'djr;help;optimizemigration'= {
        }
        &'djr;help;dumpdata'= {
        }
        &'djr;help;loaddata'= {
        }
        &'djr;help;flush'= {
        }
        &'djr;help;inspectdb'= {
        }
        &'djr;help;dbshell'= {
        }
        &'djr;help;createsuperuser'= {
        }
        &'djr;help;changepassword'= {
        }
        &'djr;help;ensure'= {
            cand superuser 'Make sure that there is an active superuser of this name'
            cand user 'Make sure that there is a user of this name, as the options describe it'
            cand group 'Make sure that there is a group, with these permissions'
        }
        &'djr;help;ensure;superuser'= {
        }
        &'djr;help;ensure;user'= {
        }
        &'djr;help;ensure;group'= {
        }
        &'djr;help;users'= {
            cand list 'List users, by name'
            cand show 'Show all there is about users but their passwords'
            cand set 'Change what users are called, may do and belong to'
            cand activate 'Let users log in again'
            cand deactivate 'Keep users from logging in, and log them out'
            cand delete 'Delete users and what hangs on them'
            cand import 'Import users from CSV or JSON, all of them or none'
        }
        &'djr;help;users;list'= {
        }
        &'djr;help;users;show'= {
        }
        &'djr;help;users;set'= {
        }
        &'djr;help;users;activate'= {
        }
        &'djr;help;users;deactivate'= {
        }
        &'djr;help;users;delete'= {
        }
        &'djr;help;users;import'= {
        }
        &'djr;help;groups'= {
            cand list 'List groups, by name'
            cand show 'Show who is in a group and which permissions it has'
            cand create 'Create a group; `djr ensure group` does nothing if it is there'
            cand rename 'Give a group another name'
            cand delete 'Delete a group; its members stay'
        }
        &'djr;help;groups;list'= {
        }
        &'djr;help;groups;show'= {
        }
        &'djr;help;groups;create'= {
        }
        &'djr;help;groups;rename'= {
        }
        &'djr;help;groups;delete'= {
        }
        &'djr;help;permissions'= {
            cand list 'List permissions: all, or those that users or groups have'
            cand grant 'Give permissions to users or groups'
            cand revoke 'Take permissions from users or groups'
        }
        &'djr;help;permissions;list'= {
        }
        &'djr;help;permissions;grant'= {
        }
        &'djr;help;permissions;revoke'= {
        }
        &'djr;help;sessions'= {
            cand list 'List the sessions that somebody is logged in with'
            cand end 'End sessions, so that whoever has them is logged out'
        }
        &'djr;help;sessions;list'= {
        }
        &'djr;help;sessions;end'= {
        }
        &'djr;help;createcachetable'= {
        }
        &'djr;help;clearsessions'= {
        }
        &'djr;help;remove_stale_contenttypes'= {
        }
        &'djr;help;diffsettings'= {
        }
        &'djr;help;collectstatic'= {
        }
        &'djr;help;findstatic'= {
        }
        &'djr;help;sendtestemail'= {
        }
        &'djr;help;help'= {
        }
    ]
    $completions[$command]
}

# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_djr_global_optspecs
    string join \n project= settings= v/verbosity= json no-color force-color h/help V/version
end

function __fish_djr_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_djr_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_djr_using_subcommand
    set -l cmd (__fish_djr_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c djr -n "__fish_djr_needs_command" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_needs_command" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_needs_command" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_needs_command" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_needs_command" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_needs_command" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_needs_command" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_needs_command" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_needs_command" -f -a "startproject" -d 'Make a new project'
complete -c djr -n "__fish_djr_needs_command" -f -a "startapp" -d 'Make a new app in the project'
complete -c djr -n "__fish_djr_needs_command" -f -a "up" -d 'Check, migrate, make sure there is a superuser, serve'
complete -c djr -n "__fish_djr_needs_command" -f -a "check" -d 'Name what is wrong in settings, urls and templates'
complete -c djr -n "__fish_djr_needs_command" -f -a "runserver" -d 'Serve the project over HTTP'
complete -c djr -n "__fish_djr_needs_command" -f -a "makemigrations" -d 'Write what changed in the models as migrations'
complete -c djr -n "__fish_djr_needs_command" -f -a "migrate" -d 'Bring the database schema up to date'
complete -c djr -n "__fish_djr_needs_command" -f -a "undo" -d 'Put a database back to a snapshot from before a migration'
complete -c djr -n "__fish_djr_needs_command" -f -a "showmigrations" -d 'List the migrations and tell which are applied'
complete -c djr -n "__fish_djr_needs_command" -f -a "sqlmigrate" -d 'Print the statements of a migration'
complete -c djr -n "__fish_djr_needs_command" -f -a "squashmigrations" -d 'Write one migration that stands for several'
complete -c djr -n "__fish_djr_needs_command" -f -a "optimizemigration" -d 'Rewrite a migration with as few operations as do the same'
complete -c djr -n "__fish_djr_needs_command" -f -a "dumpdata" -d 'Write the rows of the database as a fixture, in JSON'
complete -c djr -n "__fish_djr_needs_command" -f -a "loaddata" -d 'Load fixtures into the database'
complete -c djr -n "__fish_djr_needs_command" -f -a "flush" -d 'Delete all rows of the project\'s models'
complete -c djr -n "__fish_djr_needs_command" -f -a "inspectdb" -d 'Write models for the tables that a database has already'
complete -c djr -n "__fish_djr_needs_command" -f -a "dbshell" -d 'Open an SQL prompt on the database'
complete -c djr -n "__fish_djr_needs_command" -f -a "createsuperuser" -d 'Create a user who may do everything'
complete -c djr -n "__fish_djr_needs_command" -f -a "changepassword" -d 'Give a user another password'
complete -c djr -n "__fish_djr_needs_command" -f -a "ensure" -d 'Make sure that users and groups are as they should be'
complete -c djr -n "__fish_djr_needs_command" -f -a "users" -d 'List, show, change, delete and import users'
complete -c djr -n "__fish_djr_needs_command" -f -a "groups" -d 'List, show, create, rename and delete groups of users'
complete -c djr -n "__fish_djr_needs_command" -f -a "permissions" -d 'List, grant and revoke permissions of users and groups'
complete -c djr -n "__fish_djr_needs_command" -f -a "sessions" -d 'List who is logged in where, and log out'
complete -c djr -n "__fish_djr_needs_command" -f -a "createcachetable" -d 'Create the tables of the caches that are kept in a database'
complete -c djr -n "__fish_djr_needs_command" -f -a "clearsessions" -d 'Delete the sessions that have ended'
complete -c djr -n "__fish_djr_needs_command" -f -a "remove_stale_contenttypes" -d 'Delete content types whose models are gone'
complete -c djr -n "__fish_djr_needs_command" -f -a "diffsettings" -d 'Show the settings that differ from their defaults'
complete -c djr -n "__fish_djr_needs_command" -f -a "collectstatic" -d 'Copy static files to the directory they are served from'
complete -c djr -n "__fish_djr_needs_command" -f -a "findstatic" -d 'Tell where static files come from'
complete -c djr -n "__fish_djr_needs_command" -f -a "sendtestemail" -d 'Send a test message, to see whether mail arrives'
complete -c djr -n "__fish_djr_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand startproject" -l address -d 'Where `--up` listens: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]' -r
complete -c djr -n "__fish_djr_using_subcommand startproject" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand startproject" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand startproject" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand startproject" -l up -d 'Go on with `djr up`: migrate, make sure there is a superuser, serve'
complete -c djr -n "__fish_djr_using_subcommand startproject" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand startproject" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand startproject" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand startproject" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand startproject" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand startapp" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand startapp" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand startapp" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand startapp" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand startapp" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand startapp" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand startapp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand startapp" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand up" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand up" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand up" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand up" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand up" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand up" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand up" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand check" -s t -l tag -d 'Check only this part; can be given several times' -r -f -a "settings\t'djr.toml, .env and the environment'
apps\t'the installed apps and what they need of each other'
models\t'models.toml of the apps, and the model of a user'
migrations\t'the migrations of the apps, and what they depend on'
urls\t'urls.toml, views and middleware'
templates\t'the templates of the project and of the apps'
security\t'what keeps the site and its users safe'
mail\t'how mail leaves'
staticfiles\t'where static files come from and go to'"
complete -c djr -n "__fish_djr_using_subcommand check" -l fail-level -d 'The level from which on findings fail the command' -r -f -a "warning\t''
error\t''"
complete -c djr -n "__fish_djr_using_subcommand check" -l database -d 'Check instead whether the schema of this database is what its migrations lead to' -r
complete -c djr -n "__fish_djr_using_subcommand check" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand check" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand check" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand check" -l deploy -d 'Also what to change before the site goes public'
complete -c djr -n "__fish_djr_using_subcommand check" -l list-tags -d 'List the parts and check nothing'
complete -c djr -n "__fish_djr_using_subcommand check" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand check" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand check" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand check" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand runserver" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand runserver" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand runserver" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand runserver" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand runserver" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand runserver" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand runserver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand runserver" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -s n -l name -d 'The name of the new migrations, after the number' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l rename -d 'A model or field has another name now: `posts.Post.title=headline`, `posts.Post=Article`' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l no-rename -d 'The new one is not the old one: `posts.Post.title=headline`, or `posts.Post.title` for any' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l default -d 'What existing rows get in a new column, as TOML: `posts.Post.slug=\'""\'`' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l no-default -d 'No row lacks a value in a column that may have been null: `posts.Post.slug`' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l check -d 'Exit with 1 if models changed; write nothing'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l dry-run -d 'Print what would be written, and write nothing; with `-v 2`, the files themselves'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l empty -d 'Write a migration without operations for each APP, to be filled by hand'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l merge -d 'Join the last migrations of an app that has more than one'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l update -d 'Add the changes to the last migration instead, which must not be applied yet'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand makemigrations" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand migrate" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand migrate" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand migrate" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand migrate" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand migrate" -l plan -d 'Print what would be done and change nothing'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l check -d 'Exit with 1 if there is something to do; change nothing'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l rehearse -d 'Carry the plan out on a copy of the database, and tell time, rows and broken references'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l fake -d 'Record migrations as applied, or as not applied, without running them'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l fake-initial -d 'Record the first migrations of apps whose tables are there already, and run the others'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l prune -d 'Forget the recorded migrations of the app whose files are gone, and do no more'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l accept-edits -d 'Take the files of applied migrations that have changed as they are now, and do no more'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l no-snapshot -d 'Take no snapshot before rows lose a column, a table or precision'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand migrate" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand migrate" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand undo" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand undo" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand undo" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand undo" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand undo" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand undo" -l list -d 'List the snapshots, the newest first'
complete -c djr -n "__fish_djr_using_subcommand undo" -l discard-later-writes -d 'Go back even if that loses what was written since'
complete -c djr -n "__fish_djr_using_subcommand undo" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand undo" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand undo" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand undo" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand undo" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -s l -l list -d 'List by app (the default)'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -s p -l plan -d 'List in the order of application'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand showmigrations" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l backwards -d 'Print what undoes the migration'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand sqlmigrate" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l squashed-name -d 'The name of the new migration, after the number' -r
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l no-optimize -d 'Leave the operations as they are'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l dry-run -d 'Print what would be written and write nothing'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand squashmigrations" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l check -d 'Exit with 1 if there is something to reduce; write nothing'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand optimizemigration" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l indent -d 'Spaces for each level; without it, all is one line' -r
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s e -l exclude -d 'What to leave out, as `app` or `app.Model`' -r
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l pks -d 'The primary keys to write, separated by commas; needs one `app.Model`' -r
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s o -l output -d 'Write to this file; one that ends in `.gz` is compressed' -r -F
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l format -d 'The format: a list in JSON, or an object on each line' -r -f -a "json\t''
jsonl\t''"
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l natural-foreign -d 'Refer to rows by natural keys, where their models have them'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l natural-primary -d 'Leave out the primary keys of rows that have a natural key'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s a -l all -d 'Accepted for Django\'s sake: no row is ever filtered'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand dumpdata" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l app -d 'Look in the `fixtures/` of this app only, and in the current directory' -r
complete -c djr -n "__fish_djr_using_subcommand loaddata" -s e -l exclude -d 'Pass over the objects of an `app` or an `app.Model`' -r
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l format -d 'The format of standard input' -r -f -a "json\t''
jsonl\t''"
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand loaddata" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand loaddata" -s i -l ignorenonexistent -d 'Pass over models and fields that do not exist'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand loaddata" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand flush" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand flush" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand flush" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand flush" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand flush" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand flush" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand flush" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand flush" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand flush" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand flush" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand flush" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l include-views -d 'Write models for views, too'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand inspectdb" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand dbshell" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand dbshell" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand dbshell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand dbshell" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l username -d 'The name to log in with' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l email -d 'The email address; may be empty' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l field -d 'A field of the project\'s own user model; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l password-file -d 'Read the password from this file, or from standard input if it is `-`' -r -F
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand createsuperuser" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l password-file -d 'Read the password from this file, or from standard input if it is `-`' -r -F
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand changepassword" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand changepassword" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand changepassword" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand changepassword" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -f -a "superuser" -d 'Make sure that there is an active superuser of this name'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -f -a "user" -d 'Make sure that there is a user of this name, as the options describe it'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -f -a "group" -d 'Make sure that there is a group, with these permissions'
complete -c djr -n "__fish_djr_using_subcommand ensure; and not __fish_seen_subcommand_from superuser user group help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l username -d 'The name to log in with' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l email -d 'The email address; may be empty' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l first-name -d 'The first name' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l last-name -d 'The last name' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l field -d 'A field of the project\'s own user model; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l password-file -d 'Read the password from this file, or from standard input if it is `-`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l check -d 'Change nothing; exit with 1 if something would be changed'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from superuser" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l username -d 'The name to log in with' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l email -d 'The email address; may be empty' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l first-name -d 'The first name' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l last-name -d 'The last name' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l field -d 'A field of the project\'s own user model; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l group -d 'A group it is in; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l password-file -d 'Read the password from this file, or from standard input if it is `-`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l exact-groups -d 'It is in no other groups'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l check -d 'Change nothing; exit with 1 if something would be changed'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from user" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l permission -d 'A permission it has, as `app.codename`; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l exact -d 'It has no other permissions'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l check -d 'Change nothing; exit with 1 if something would be changed'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from group" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from help" -f -a "superuser" -d 'Make sure that there is an active superuser of this name'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from help" -f -a "user" -d 'Make sure that there is a user of this name, as the options describe it'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from help" -f -a "group" -d 'Make sure that there is a group, with these permissions'
complete -c djr -n "__fish_djr_using_subcommand ensure; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "list" -d 'List users, by name'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "show" -d 'Show all there is about users but their passwords'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "set" -d 'Change what users are called, may do and belong to'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "activate" -d 'Let users log in again'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "deactivate" -d 'Keep users from logging in, and log them out'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "delete" -d 'Delete users and what hangs on them'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "import" -d 'Import users from CSV or JSON, all of them or none'
complete -c djr -n "__fish_djr_using_subcommand users; and not __fish_seen_subcommand_from list show set activate deactivate delete import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l group -d 'Members of this group' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l search -d 'With this text in one of their names or the email address' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l last-login-before -d 'Have logged in, but not since this day or moment' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l never-logged-in -d 'Have never logged in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l email -d 'The email address; may be empty' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l first-name -d 'The first name' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l last-name -d 'The last name' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l field -d 'A field of the project\'s own user model; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l add-group -d 'A group to put them into; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l remove-group -d 'A group to take them out of; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l group -d 'Members of this group' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l search -d 'With this text in one of their names or the email address' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l last-login-before -d 'Have logged in, but not since this day or moment' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l never-logged-in -d 'Have never logged in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from activate" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l group -d 'Members of this group' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l search -d 'With this text in one of their names or the email address' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l last-login-before -d 'Have logged in, but not since this day or moment' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l never-logged-in -d 'Have never logged in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from deactivate" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l group -d 'Members of this group' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l search -d 'With this text in one of their names or the email address' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l last-login-before -d 'Have logged in, but not since this day or moment' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l staff -d 'Staff: may enter the admin'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l no-staff -d 'Not staff'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l superuser -d 'Superuser: may do everything'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l no-superuser -d 'Not a superuser'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l active -d 'Active: may log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l inactive -d 'Inactive: may not log in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l never-logged-in -d 'Have never logged in'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l format -d 'The format, if the file\'s name does not tell' -r -f -a "csv\t''
json\t''
jsonl\t''"
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l update -d 'Change users that are there already, in the columns the file has'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l plain-passwords -d 'The passwords in the file are plain: check and hash them'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l weak-passwords -d 'Take plain passwords that the validators object to'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l create-groups -d 'Create the groups that are not there'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l dry-run -d 'Check everything and tell what would be done, but write nothing'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "list" -d 'List users, by name'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show all there is about users but their passwords'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change what users are called, may do and belong to'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "activate" -d 'Let users log in again'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "deactivate" -d 'Keep users from logging in, and log them out'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete users and what hangs on them'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import users from CSV or JSON, all of them or none'
complete -c djr -n "__fish_djr_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "list" -d 'List groups, by name'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "show" -d 'Show who is in a group and which permissions it has'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "create" -d 'Create a group; `djr ensure group` does nothing if it is there'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "rename" -d 'Give a group another name'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "delete" -d 'Delete a group; its members stay'
complete -c djr -n "__fish_djr_using_subcommand groups; and not __fish_seen_subcommand_from list show create rename delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l permission -d 'A permission to give it, as `app.codename`; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from rename" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "list" -d 'List groups, by name'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show who is in a group and which permissions it has'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a group; `djr ensure group` does nothing if it is there'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a group another name'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a group; its members stay'
complete -c djr -n "__fish_djr_using_subcommand groups; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -f -a "list" -d 'List permissions: all, or those that users or groups have'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -f -a "grant" -d 'Give permissions to users or groups'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -f -a "revoke" -d 'Take permissions from users or groups'
complete -c djr -n "__fish_djr_using_subcommand permissions; and not __fish_seen_subcommand_from list grant revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l user -d 'Only those of this user; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l group -d 'Only those of this group; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l app -d 'Only those of this app' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l user -d 'A user; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l group -d 'A group; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from grant" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l user -d 'A user; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l group -d 'A group; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from help" -f -a "list" -d 'List permissions: all, or those that users or groups have'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from help" -f -a "grant" -d 'Give permissions to users or groups'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Take permissions from users or groups'
complete -c djr -n "__fish_djr_using_subcommand permissions; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -f -a "list" -d 'List the sessions that somebody is logged in with'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -f -a "end" -d 'End sessions, so that whoever has them is logged out'
complete -c djr -n "__fish_djr_using_subcommand sessions; and not __fish_seen_subcommand_from list end help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l user -d 'Only those of this user; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l anonymous -d 'Those of visitors who are not logged in, too'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l user -d 'All of this user; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l all -d 'All of everybody, visitors who are not logged in too'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from end" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sessions that somebody is logged in with'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from help" -f -a "end" -d 'End sessions, so that whoever has them is logged out'
complete -c djr -n "__fish_djr_using_subcommand sessions; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -s n -l dry-run -d 'Print the SQL and change nothing'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand createcachetable" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand clearsessions" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l database -d 'The database, by its name in the settings' -r
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l lock-timeout -d 'How many seconds to wait for another process to finish' -r
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l include-stale-apps -d 'Delete those of apps that are not installed, too'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand remove_stale_contenttypes" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l output -d 'How differences are shown: marked with `#`, or as two lines' -r -f -a "hash\t'`###` in front of defaults and behind what has none'
unified\t'The default behind `-`, the value behind `+`'"
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l all -d 'Show all settings'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand diffsettings" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s i -l ignore -d 'Leave out files and directories that match this pattern, such as `*.scss`; may be repeated' -r
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l noinput -l no-input -d 'Do not ask'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s n -l dry-run -d 'Print what would be done and change nothing'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s c -l clear -d 'Copy every file anew, and remove from the directory what is not a static file'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l no-default-ignore -d 'Collect what is left out by default too: `CVS`, `.*` and `*~`'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand collectstatic" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand findstatic" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l first -d 'Print only the place that counts'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand findstatic" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l project -d 'The directory that holds `djr.toml`; without it, the current one or the nearest above' -r -F
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l settings -d 'A settings file laid over `djr.toml`' -r -F
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -s v -l verbosity -d 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more' -r
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l managers -d 'Write to everyone in `[mail] managers`'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l admins -d 'Write to everyone in `[mail] admins`'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l json -d 'Print one JSON document instead of text'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l no-color -d 'Print without colour, as `NO_COLOR` does'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -l force-color -d 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c djr -n "__fish_djr_using_subcommand sendtestemail" -s V -l version -d 'Print version'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "startproject" -d 'Make a new project'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "startapp" -d 'Make a new app in the project'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "up" -d 'Check, migrate, make sure there is a superuser, serve'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "check" -d 'Name what is wrong in settings, urls and templates'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "runserver" -d 'Serve the project over HTTP'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "makemigrations" -d 'Write what changed in the models as migrations'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "migrate" -d 'Bring the database schema up to date'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "undo" -d 'Put a database back to a snapshot from before a migration'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "showmigrations" -d 'List the migrations and tell which are applied'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "sqlmigrate" -d 'Print the statements of a migration'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "squashmigrations" -d 'Write one migration that stands for several'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "optimizemigration" -d 'Rewrite a migration with as few operations as do the same'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "dumpdata" -d 'Write the rows of the database as a fixture, in JSON'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "loaddata" -d 'Load fixtures into the database'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "flush" -d 'Delete all rows of the project\'s models'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "inspectdb" -d 'Write models for the tables that a database has already'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "dbshell" -d 'Open an SQL prompt on the database'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "createsuperuser" -d 'Create a user who may do everything'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "changepassword" -d 'Give a user another password'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "ensure" -d 'Make sure that users and groups are as they should be'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "users" -d 'List, show, change, delete and import users'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "groups" -d 'List, show, create, rename and delete groups of users'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "permissions" -d 'List, grant and revoke permissions of users and groups'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "sessions" -d 'List who is logged in where, and log out'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "createcachetable" -d 'Create the tables of the caches that are kept in a database'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "clearsessions" -d 'Delete the sessions that have ended'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "remove_stale_contenttypes" -d 'Delete content types whose models are gone'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "diffsettings" -d 'Show the settings that differ from their defaults'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "collectstatic" -d 'Copy static files to the directory they are served from'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "findstatic" -d 'Tell where static files come from'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "sendtestemail" -d 'Send a test message, to see whether mail arrives'
complete -c djr -n "__fish_djr_using_subcommand help; and not __fish_seen_subcommand_from startproject startapp up check runserver makemigrations migrate undo showmigrations sqlmigrate squashmigrations optimizemigration dumpdata loaddata flush inspectdb dbshell createsuperuser changepassword ensure users groups permissions sessions createcachetable clearsessions remove_stale_contenttypes diffsettings collectstatic findstatic sendtestemail help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from ensure" -f -a "superuser" -d 'Make sure that there is an active superuser of this name'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from ensure" -f -a "user" -d 'Make sure that there is a user of this name, as the options describe it'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from ensure" -f -a "group" -d 'Make sure that there is a group, with these permissions'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "list" -d 'List users, by name'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "show" -d 'Show all there is about users but their passwords'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "set" -d 'Change what users are called, may do and belong to'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "activate" -d 'Let users log in again'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "deactivate" -d 'Keep users from logging in, and log them out'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "delete" -d 'Delete users and what hangs on them'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from users" -f -a "import" -d 'Import users from CSV or JSON, all of them or none'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from groups" -f -a "list" -d 'List groups, by name'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from groups" -f -a "show" -d 'Show who is in a group and which permissions it has'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from groups" -f -a "create" -d 'Create a group; `djr ensure group` does nothing if it is there'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from groups" -f -a "rename" -d 'Give a group another name'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from groups" -f -a "delete" -d 'Delete a group; its members stay'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from permissions" -f -a "list" -d 'List permissions: all, or those that users or groups have'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from permissions" -f -a "grant" -d 'Give permissions to users or groups'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from permissions" -f -a "revoke" -d 'Take permissions from users or groups'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from sessions" -f -a "list" -d 'List the sessions that somebody is logged in with'
complete -c djr -n "__fish_djr_using_subcommand help; and __fish_seen_subcommand_from sessions" -f -a "end" -d 'End sessions, so that whoever has them is logged out'


using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'djr' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'djr'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'djr' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('startproject', 'startproject', [CompletionResultType]::ParameterValue, 'Make a new project')
            [CompletionResult]::new('startapp', 'startapp', [CompletionResultType]::ParameterValue, 'Make a new app in the project')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Check, migrate, make sure there is a superuser, serve')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Name what is wrong in settings, urls and templates')
            [CompletionResult]::new('runserver', 'runserver', [CompletionResultType]::ParameterValue, 'Serve the project over HTTP')
            [CompletionResult]::new('makemigrations', 'makemigrations', [CompletionResultType]::ParameterValue, 'Write what changed in the models as migrations')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring the database schema up to date')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Put a database back to a snapshot from before a migration')
            [CompletionResult]::new('showmigrations', 'showmigrations', [CompletionResultType]::ParameterValue, 'List the migrations and tell which are applied')
            [CompletionResult]::new('sqlmigrate', 'sqlmigrate', [CompletionResultType]::ParameterValue, 'Print the statements of a migration')
            [CompletionResult]::new('squashmigrations', 'squashmigrations', [CompletionResultType]::ParameterValue, 'Write one migration that stands for several')
            [CompletionResult]::new('optimizemigration', 'optimizemigration', [CompletionResultType]::ParameterValue, 'Rewrite a migration with as few operations as do the same')
            [CompletionResult]::new('dumpdata', 'dumpdata', [CompletionResultType]::ParameterValue, 'Write the rows of the database as a fixture, in JSON')
            [CompletionResult]::new('loaddata', 'loaddata', [CompletionResultType]::ParameterValue, 'Load fixtures into the database')
            [CompletionResult]::new('flush', 'flush', [CompletionResultType]::ParameterValue, 'Delete all rows of the project''s models')
            [CompletionResult]::new('inspectdb', 'inspectdb', [CompletionResultType]::ParameterValue, 'Write models for the tables that a database has already')
            [CompletionResult]::new('dbshell', 'dbshell', [CompletionResultType]::ParameterValue, 'Open an SQL prompt on the database')
            [CompletionResult]::new('createsuperuser', 'createsuperuser', [CompletionResultType]::ParameterValue, 'Create a user who may do everything')
            [CompletionResult]::new('changepassword', 'changepassword', [CompletionResultType]::ParameterValue, 'Give a user another password')
            [CompletionResult]::new('ensure', 'ensure', [CompletionResultType]::ParameterValue, 'Make sure that users and groups are as they should be')
            [CompletionResult]::new('users', 'users', [CompletionResultType]::ParameterValue, 'List, show, change, delete and import users')
            [CompletionResult]::new('groups', 'groups', [CompletionResultType]::ParameterValue, 'List, show, create, rename and delete groups of users')
            [CompletionResult]::new('permissions', 'permissions', [CompletionResultType]::ParameterValue, 'List, grant and revoke permissions of users and groups')
            [CompletionResult]::new('sessions', 'sessions', [CompletionResultType]::ParameterValue, 'List who is logged in where, and log out')
            [CompletionResult]::new('createcachetable', 'createcachetable', [CompletionResultType]::ParameterValue, 'Create the tables of the caches that are kept in a database')
            [CompletionResult]::new('clearsessions', 'clearsessions', [CompletionResultType]::ParameterValue, 'Delete the sessions that have ended')
            [CompletionResult]::new('remove_stale_contenttypes', 'remove_stale_contenttypes', [CompletionResultType]::ParameterValue, 'Delete content types whose models are gone')
            [CompletionResult]::new('diffsettings', 'diffsettings', [CompletionResultType]::ParameterValue, 'Show the settings that differ from their defaults')
            [CompletionResult]::new('collectstatic', 'collectstatic', [CompletionResultType]::ParameterValue, 'Copy static files to the directory they are served from')
            [CompletionResult]::new('findstatic', 'findstatic', [CompletionResultType]::ParameterValue, 'Tell where static files come from')
            [CompletionResult]::new('sendtestemail', 'sendtestemail', [CompletionResultType]::ParameterValue, 'Send a test message, to see whether mail arrives')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;startproject' {
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Where `--up` listens: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--up', '--up', [CompletionResultType]::ParameterName, 'Go on with `djr up`: migrate, make sure there is a superuser, serve')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;startapp' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;up' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;check' {
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Check only this part; can be given several times')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Check only this part; can be given several times')
            [CompletionResult]::new('--fail-level', '--fail-level', [CompletionResultType]::ParameterName, 'The level from which on findings fail the command')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'Check instead whether the schema of this database is what its migrations lead to')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--deploy', '--deploy', [CompletionResultType]::ParameterName, 'Also what to change before the site goes public')
            [CompletionResult]::new('--list-tags', '--list-tags', [CompletionResultType]::ParameterName, 'List the parts and check nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;runserver' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;makemigrations' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The name of the new migrations, after the number')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the new migrations, after the number')
            [CompletionResult]::new('--rename', '--rename', [CompletionResultType]::ParameterName, 'A model or field has another name now: `posts.Post.title=headline`, `posts.Post=Article`')
            [CompletionResult]::new('--no-rename', '--no-rename', [CompletionResultType]::ParameterName, 'The new one is not the old one: `posts.Post.title=headline`, or `posts.Post.title` for any')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'What existing rows get in a new column, as TOML: `posts.Post.slug=''""''`')
            [CompletionResult]::new('--no-default', '--no-default', [CompletionResultType]::ParameterName, 'No row lacks a value in a column that may have been null: `posts.Post.slug`')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Exit with 1 if models changed; write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would be written, and write nothing; with `-v 2`, the files themselves')
            [CompletionResult]::new('--empty', '--empty', [CompletionResultType]::ParameterName, 'Write a migration without operations for each APP, to be filled by hand')
            [CompletionResult]::new('--merge', '--merge', [CompletionResultType]::ParameterName, 'Join the last migrations of an app that has more than one')
            [CompletionResult]::new('--update', '--update', [CompletionResultType]::ParameterName, 'Add the changes to the last migration instead, which must not be applied yet')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;migrate' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Print what would be done and change nothing')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Exit with 1 if there is something to do; change nothing')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Carry the plan out on a copy of the database, and tell time, rows and broken references')
            [CompletionResult]::new('--fake', '--fake', [CompletionResultType]::ParameterName, 'Record migrations as applied, or as not applied, without running them')
            [CompletionResult]::new('--fake-initial', '--fake-initial', [CompletionResultType]::ParameterName, 'Record the first migrations of apps whose tables are there already, and run the others')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Forget the recorded migrations of the app whose files are gone, and do no more')
            [CompletionResult]::new('--accept-edits', '--accept-edits', [CompletionResultType]::ParameterName, 'Take the files of applied migrations that have changed as they are now, and do no more')
            [CompletionResult]::new('--no-snapshot', '--no-snapshot', [CompletionResultType]::ParameterName, 'Take no snapshot before rows lose a column, a table or precision')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;undo' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the snapshots, the newest first')
            [CompletionResult]::new('--discard-later-writes', '--discard-later-writes', [CompletionResultType]::ParameterName, 'Go back even if that loses what was written since')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;showmigrations' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'List by app (the default)')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List by app (the default)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'List in the order of application')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'List in the order of application')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;sqlmigrate' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--backwards', '--backwards', [CompletionResultType]::ParameterName, 'Print what undoes the migration')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;squashmigrations' {
            [CompletionResult]::new('--squashed-name', '--squashed-name', [CompletionResultType]::ParameterName, 'The name of the new migration, after the number')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--no-optimize', '--no-optimize', [CompletionResultType]::ParameterName, 'Leave the operations as they are')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would be written and write nothing')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;optimizemigration' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Exit with 1 if there is something to reduce; write nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;dumpdata' {
            [CompletionResult]::new('--indent', '--indent', [CompletionResultType]::ParameterName, 'Spaces for each level; without it, all is one line')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'What to leave out, as `app` or `app.Model`')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'What to leave out, as `app` or `app.Model`')
            [CompletionResult]::new('--pks', '--pks', [CompletionResultType]::ParameterName, 'The primary keys to write, separated by commas; needs one `app.Model`')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file; one that ends in `.gz` is compressed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file; one that ends in `.gz` is compressed')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format: a list in JSON, or an object on each line')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--natural-foreign', '--natural-foreign', [CompletionResultType]::ParameterName, 'Refer to rows by natural keys, where their models have them')
            [CompletionResult]::new('--natural-primary', '--natural-primary', [CompletionResultType]::ParameterName, 'Leave out the primary keys of rows that have a natural key')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Accepted for Django''s sake: no row is ever filtered')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Accepted for Django''s sake: no row is ever filtered')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;loaddata' {
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Look in the `fixtures/` of this app only, and in the current directory')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Pass over the objects of an `app` or an `app.Model`')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Pass over the objects of an `app` or an `app.Model`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format of standard input')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Pass over models and fields that do not exist')
            [CompletionResult]::new('--ignorenonexistent', '--ignorenonexistent', [CompletionResultType]::ParameterName, 'Pass over models and fields that do not exist')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;flush' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;inspectdb' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--include-views', '--include-views', [CompletionResultType]::ParameterName, 'Write models for views, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;dbshell' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;createsuperuser' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The name to log in with')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The email address; may be empty')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'A field of the project''s own user model; may be repeated')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file, or from standard input if it is `-`')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;changepassword' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file, or from standard input if it is `-`')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;ensure' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('superuser', 'superuser', [CompletionResultType]::ParameterValue, 'Make sure that there is an active superuser of this name')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Make sure that there is a user of this name, as the options describe it')
            [CompletionResult]::new('group', 'group', [CompletionResultType]::ParameterValue, 'Make sure that there is a group, with these permissions')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;ensure;superuser' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The name to log in with')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The email address; may be empty')
            [CompletionResult]::new('--first-name', '--first-name', [CompletionResultType]::ParameterName, 'The first name')
            [CompletionResult]::new('--last-name', '--last-name', [CompletionResultType]::ParameterName, 'The last name')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'A field of the project''s own user model; may be repeated')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file, or from standard input if it is `-`')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Change nothing; exit with 1 if something would be changed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;ensure;user' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The name to log in with')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The email address; may be empty')
            [CompletionResult]::new('--first-name', '--first-name', [CompletionResultType]::ParameterName, 'The first name')
            [CompletionResult]::new('--last-name', '--last-name', [CompletionResultType]::ParameterName, 'The last name')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'A field of the project''s own user model; may be repeated')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'A group it is in; may be repeated')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file, or from standard input if it is `-`')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--exact-groups', '--exact-groups', [CompletionResultType]::ParameterName, 'It is in no other groups')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Change nothing; exit with 1 if something would be changed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;ensure;group' {
            [CompletionResult]::new('--permission', '--permission', [CompletionResultType]::ParameterName, 'A permission it has, as `app.codename`; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--exact', '--exact', [CompletionResultType]::ParameterName, 'It has no other permissions')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Change nothing; exit with 1 if something would be changed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;ensure;help' {
            [CompletionResult]::new('superuser', 'superuser', [CompletionResultType]::ParameterValue, 'Make sure that there is an active superuser of this name')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Make sure that there is a user of this name, as the options describe it')
            [CompletionResult]::new('group', 'group', [CompletionResultType]::ParameterValue, 'Make sure that there is a group, with these permissions')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;ensure;help;superuser' {
            break
        }
        'djr;ensure;help;user' {
            break
        }
        'djr;ensure;help;group' {
            break
        }
        'djr;ensure;help;help' {
            break
        }
        'djr;users' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List users, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show all there is about users but their passwords')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what users are called, may do and belong to')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let users log in again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Keep users from logging in, and log them out')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete users and what hangs on them')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import users from CSV or JSON, all of them or none')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;users;list' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Members of this group')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'With this text in one of their names or the email address')
            [CompletionResult]::new('--last-login-before', '--last-login-before', [CompletionResultType]::ParameterName, 'Have logged in, but not since this day or moment')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--never-logged-in', '--never-logged-in', [CompletionResultType]::ParameterName, 'Have never logged in')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;show' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;set' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The email address; may be empty')
            [CompletionResult]::new('--first-name', '--first-name', [CompletionResultType]::ParameterName, 'The first name')
            [CompletionResult]::new('--last-name', '--last-name', [CompletionResultType]::ParameterName, 'The last name')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'A field of the project''s own user model; may be repeated')
            [CompletionResult]::new('--add-group', '--add-group', [CompletionResultType]::ParameterName, 'A group to put them into; may be repeated')
            [CompletionResult]::new('--remove-group', '--remove-group', [CompletionResultType]::ParameterName, 'A group to take them out of; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;activate' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Members of this group')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'With this text in one of their names or the email address')
            [CompletionResult]::new('--last-login-before', '--last-login-before', [CompletionResultType]::ParameterName, 'Have logged in, but not since this day or moment')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--never-logged-in', '--never-logged-in', [CompletionResultType]::ParameterName, 'Have never logged in')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;deactivate' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Members of this group')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'With this text in one of their names or the email address')
            [CompletionResult]::new('--last-login-before', '--last-login-before', [CompletionResultType]::ParameterName, 'Have logged in, but not since this day or moment')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--never-logged-in', '--never-logged-in', [CompletionResultType]::ParameterName, 'Have never logged in')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;delete' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Members of this group')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'With this text in one of their names or the email address')
            [CompletionResult]::new('--last-login-before', '--last-login-before', [CompletionResultType]::ParameterName, 'Have logged in, but not since this day or moment')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--staff', '--staff', [CompletionResultType]::ParameterName, 'Staff: may enter the admin')
            [CompletionResult]::new('--no-staff', '--no-staff', [CompletionResultType]::ParameterName, 'Not staff')
            [CompletionResult]::new('--superuser', '--superuser', [CompletionResultType]::ParameterName, 'Superuser: may do everything')
            [CompletionResult]::new('--no-superuser', '--no-superuser', [CompletionResultType]::ParameterName, 'Not a superuser')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Active: may log in')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Inactive: may not log in')
            [CompletionResult]::new('--never-logged-in', '--never-logged-in', [CompletionResultType]::ParameterName, 'Have never logged in')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format, if the file''s name does not tell')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--update', '--update', [CompletionResultType]::ParameterName, 'Change users that are there already, in the columns the file has')
            [CompletionResult]::new('--plain-passwords', '--plain-passwords', [CompletionResultType]::ParameterName, 'The passwords in the file are plain: check and hash them')
            [CompletionResult]::new('--weak-passwords', '--weak-passwords', [CompletionResultType]::ParameterName, 'Take plain passwords that the validators object to')
            [CompletionResult]::new('--create-groups', '--create-groups', [CompletionResultType]::ParameterName, 'Create the groups that are not there')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Check everything and tell what would be done, but write nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;users;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List users, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show all there is about users but their passwords')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what users are called, may do and belong to')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let users log in again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Keep users from logging in, and log them out')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete users and what hangs on them')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import users from CSV or JSON, all of them or none')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;users;help;list' {
            break
        }
        'djr;users;help;show' {
            break
        }
        'djr;users;help;set' {
            break
        }
        'djr;users;help;activate' {
            break
        }
        'djr;users;help;deactivate' {
            break
        }
        'djr;users;help;delete' {
            break
        }
        'djr;users;help;import' {
            break
        }
        'djr;users;help;help' {
            break
        }
        'djr;groups' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List groups, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show who is in a group and which permissions it has')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a group; `djr ensure group` does nothing if it is there')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a group another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a group; its members stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;groups;list' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;groups;show' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;groups;create' {
            [CompletionResult]::new('--permission', '--permission', [CompletionResultType]::ParameterName, 'A permission to give it, as `app.codename`; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;groups;rename' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;groups;delete' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;groups;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List groups, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show who is in a group and which permissions it has')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a group; `djr ensure group` does nothing if it is there')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a group another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a group; its members stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;groups;help;list' {
            break
        }
        'djr;groups;help;show' {
            break
        }
        'djr;groups;help;create' {
            break
        }
        'djr;groups;help;rename' {
            break
        }
        'djr;groups;help;delete' {
            break
        }
        'djr;groups;help;help' {
            break
        }
        'djr;permissions' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List permissions: all, or those that users or groups have')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Give permissions to users or groups')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take permissions from users or groups')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;permissions;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only those of this user; may be repeated')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Only those of this group; may be repeated')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Only those of this app')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;permissions;grant' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'A user; may be repeated')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'A group; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;permissions;revoke' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'A user; may be repeated')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'A group; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;permissions;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List permissions: all, or those that users or groups have')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Give permissions to users or groups')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take permissions from users or groups')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;permissions;help;list' {
            break
        }
        'djr;permissions;help;grant' {
            break
        }
        'djr;permissions;help;revoke' {
            break
        }
        'djr;permissions;help;help' {
            break
        }
        'djr;sessions' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions that somebody is logged in with')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'End sessions, so that whoever has them is logged out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;sessions;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only those of this user; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--anonymous', '--anonymous', [CompletionResultType]::ParameterName, 'Those of visitors who are not logged in, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;sessions;end' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'All of this user; may be repeated')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All of everybody, visitors who are not logged in too')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;sessions;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions that somebody is logged in with')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'End sessions, so that whoever has them is logged out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;sessions;help;list' {
            break
        }
        'djr;sessions;help;end' {
            break
        }
        'djr;sessions;help;help' {
            break
        }
        'djr;createcachetable' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print the SQL and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the SQL and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;clearsessions' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;remove_stale_contenttypes' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database, by its name in the settings')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another process to finish')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--include-stale-apps', '--include-stale-apps', [CompletionResultType]::ParameterName, 'Delete those of apps that are not installed, too')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;diffsettings' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How differences are shown: marked with `#`, or as two lines')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show all settings')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;collectstatic' {
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Leave out files and directories that match this pattern, such as `*.scss`; may be repeated')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Leave out files and directories that match this pattern, such as `*.scss`; may be repeated')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--noinput', '--noinput', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print what would be done and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would be done and change nothing')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Copy every file anew, and remove from the directory what is not a static file')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Copy every file anew, and remove from the directory what is not a static file')
            [CompletionResult]::new('--no-default-ignore', '--no-default-ignore', [CompletionResultType]::ParameterName, 'Collect what is left out by default too: `CVS`, `.*` and `*~`')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;findstatic' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--first', '--first', [CompletionResultType]::ParameterName, 'Print only the place that counts')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;sendtestemail' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The directory that holds `djr.toml`; without it, the current one or the nearest above')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'A settings file laid over `djr.toml`')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--verbosity', '--verbosity', [CompletionResultType]::ParameterName, 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more')
            [CompletionResult]::new('--managers', '--managers', [CompletionResultType]::ParameterName, 'Write to everyone in `[mail] managers`')
            [CompletionResult]::new('--admins', '--admins', [CompletionResultType]::ParameterName, 'Write to everyone in `[mail] admins`')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document instead of text')
            [CompletionResult]::new('--no-color', '--no-color', [CompletionResultType]::ParameterName, 'Print without colour, as `NO_COLOR` does')
            [CompletionResult]::new('--force-color', '--force-color', [CompletionResultType]::ParameterName, 'Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'djr;help' {
            [CompletionResult]::new('startproject', 'startproject', [CompletionResultType]::ParameterValue, 'Make a new project')
            [CompletionResult]::new('startapp', 'startapp', [CompletionResultType]::ParameterValue, 'Make a new app in the project')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Check, migrate, make sure there is a superuser, serve')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Name what is wrong in settings, urls and templates')
            [CompletionResult]::new('runserver', 'runserver', [CompletionResultType]::ParameterValue, 'Serve the project over HTTP')
            [CompletionResult]::new('makemigrations', 'makemigrations', [CompletionResultType]::ParameterValue, 'Write what changed in the models as migrations')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring the database schema up to date')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Put a database back to a snapshot from before a migration')
            [CompletionResult]::new('showmigrations', 'showmigrations', [CompletionResultType]::ParameterValue, 'List the migrations and tell which are applied')
            [CompletionResult]::new('sqlmigrate', 'sqlmigrate', [CompletionResultType]::ParameterValue, 'Print the statements of a migration')
            [CompletionResult]::new('squashmigrations', 'squashmigrations', [CompletionResultType]::ParameterValue, 'Write one migration that stands for several')
            [CompletionResult]::new('optimizemigration', 'optimizemigration', [CompletionResultType]::ParameterValue, 'Rewrite a migration with as few operations as do the same')
            [CompletionResult]::new('dumpdata', 'dumpdata', [CompletionResultType]::ParameterValue, 'Write the rows of the database as a fixture, in JSON')
            [CompletionResult]::new('loaddata', 'loaddata', [CompletionResultType]::ParameterValue, 'Load fixtures into the database')
            [CompletionResult]::new('flush', 'flush', [CompletionResultType]::ParameterValue, 'Delete all rows of the project''s models')
            [CompletionResult]::new('inspectdb', 'inspectdb', [CompletionResultType]::ParameterValue, 'Write models for the tables that a database has already')
            [CompletionResult]::new('dbshell', 'dbshell', [CompletionResultType]::ParameterValue, 'Open an SQL prompt on the database')
            [CompletionResult]::new('createsuperuser', 'createsuperuser', [CompletionResultType]::ParameterValue, 'Create a user who may do everything')
            [CompletionResult]::new('changepassword', 'changepassword', [CompletionResultType]::ParameterValue, 'Give a user another password')
            [CompletionResult]::new('ensure', 'ensure', [CompletionResultType]::ParameterValue, 'Make sure that users and groups are as they should be')
            [CompletionResult]::new('users', 'users', [CompletionResultType]::ParameterValue, 'List, show, change, delete and import users')
            [CompletionResult]::new('groups', 'groups', [CompletionResultType]::ParameterValue, 'List, show, create, rename and delete groups of users')
            [CompletionResult]::new('permissions', 'permissions', [CompletionResultType]::ParameterValue, 'List, grant and revoke permissions of users and groups')
            [CompletionResult]::new('sessions', 'sessions', [CompletionResultType]::ParameterValue, 'List who is logged in where, and log out')
            [CompletionResult]::new('createcachetable', 'createcachetable', [CompletionResultType]::ParameterValue, 'Create the tables of the caches that are kept in a database')
            [CompletionResult]::new('clearsessions', 'clearsessions', [CompletionResultType]::ParameterValue, 'Delete the sessions that have ended')
            [CompletionResult]::new('remove_stale_contenttypes', 'remove_stale_contenttypes', [CompletionResultType]::ParameterValue, 'Delete content types whose models are gone')
            [CompletionResult]::new('diffsettings', 'diffsettings', [CompletionResultType]::ParameterValue, 'Show the settings that differ from their defaults')
            [CompletionResult]::new('collectstatic', 'collectstatic', [CompletionResultType]::ParameterValue, 'Copy static files to the directory they are served from')
            [CompletionResult]::new('findstatic', 'findstatic', [CompletionResultType]::ParameterValue, 'Tell where static files come from')
            [CompletionResult]::new('sendtestemail', 'sendtestemail', [CompletionResultType]::ParameterValue, 'Send a test message, to see whether mail arrives')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'djr;help;startproject' {
            break
        }
        'djr;help;startapp' {
            break
        }
        'djr;help;up' {
            break
        }
        'djr;help;check' {
            break
        }
        'djr;help;runserver' {
            break
        }
        'djr;help;makemigrations' {
            break
        }
        'djr;help;migrate' {
            break
        }
        'djr;help;undo' {
            break
        }
        'djr;help;showmigrations' {
            break
        }
        'djr;help;sqlmigrate' {
            break
        }
        'djr;help;squashmigrations' {
            break
        }
        'djr;help;optimizemigration' {
            break
        }
        'djr;help;dumpdata' {
            break
        }
        'djr;help;loaddata' {
            break
        }
        'djr;help;flush' {
            break
        }
        'djr;help;inspectdb' {
            break
        }
        'djr;help;dbshell' {
            break
        }
        'djr;help;createsuperuser' {
            break
        }
        'djr;help;changepassword' {
            break
        }
        'djr;help;ensure' {
            [CompletionResult]::new('superuser', 'superuser', [CompletionResultType]::ParameterValue, 'Make sure that there is an active superuser of this name')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Make sure that there is a user of this name, as the options describe it')
            [CompletionResult]::new('group', 'group', [CompletionResultType]::ParameterValue, 'Make sure that there is a group, with these permissions')
            break
        }
        'djr;help;ensure;superuser' {
            break
        }
        'djr;help;ensure;user' {
            break
        }
        'djr;help;ensure;group' {
            break
        }
        'djr;help;users' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List users, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show all there is about users but their passwords')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what users are called, may do and belong to')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let users log in again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Keep users from logging in, and log them out')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete users and what hangs on them')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import users from CSV or JSON, all of them or none')
            break
        }
        'djr;help;users;list' {
            break
        }
        'djr;help;users;show' {
            break
        }
        'djr;help;users;set' {
            break
        }
        'djr;help;users;activate' {
            break
        }
        'djr;help;users;deactivate' {
            break
        }
        'djr;help;users;delete' {
            break
        }
        'djr;help;users;import' {
            break
        }
        'djr;help;groups' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List groups, by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show who is in a group and which permissions it has')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a group; `djr ensure group` does nothing if it is there')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a group another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a group; its members stay')
            break
        }
        'djr;help;groups;list' {
            break
        }
        'djr;help;groups;show' {
            break
        }
        'djr;help;groups;create' {
            break
        }
        'djr;help;groups;rename' {
            break
        }
        'djr;help;groups;delete' {
            break
        }
        'djr;help;permissions' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List permissions: all, or those that users or groups have')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Give permissions to users or groups')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take permissions from users or groups')
            break
        }
        'djr;help;permissions;list' {
            break
        }
        'djr;help;permissions;grant' {
            break
        }
        'djr;help;permissions;revoke' {
            break
        }
        'djr;help;sessions' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions that somebody is logged in with')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'End sessions, so that whoever has them is logged out')
            break
        }
        'djr;help;sessions;list' {
            break
        }
        'djr;help;sessions;end' {
            break
        }
        'djr;help;createcachetable' {
            break
        }
        'djr;help;clearsessions' {
            break
        }
        'djr;help;remove_stale_contenttypes' {
            break
        }
        'djr;help;diffsettings' {
            break
        }
        'djr;help;collectstatic' {
            break
        }
        'djr;help;findstatic' {
            break
        }
        'djr;help;sendtestemail' {
            break
        }
        'djr;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

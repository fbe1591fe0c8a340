
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
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand startproject 'To be written'
            cand startapp 'To be written'
            cand up 'To be written'
            cand check 'To be written'
            cand runserver 'To be written'
            cand migrate 'To be written'
            cand showmigrations 'To be written'
            cand sqlmigrate 'To be written'
            cand createsuperuser 'To be written'
            cand changepassword 'To be written'
            cand createcachetable 'To be written'
            cand clearsessions 'To be written'
            cand collectstatic 'To be written'
            cand findstatic 'To be written'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'djr;startproject'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
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
            cand -h 'Print help'
            cand --help 'Print help'
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
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;check'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
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
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;migrate'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;showmigrations'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;sqlmigrate'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;createsuperuser'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;changepassword'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;createcachetable'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;clearsessions'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;collectstatic'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;findstatic'= {
            cand --project 'The directory that holds `djr.toml`; without it, the current one or the nearest above'
            cand --settings 'A settings file laid over `djr.toml`'
            cand -v 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --verbosity 'How much to print: 0 is silent, 1 normal, 2 and 3 tell more'
            cand --json 'Print one JSON document instead of text'
            cand --no-color 'Print without colour, as `NO_COLOR` does'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'djr;help'= {
            cand startproject 'To be written'
            cand startapp 'To be written'
            cand up 'To be written'
            cand check 'To be written'
            cand runserver 'To be written'
            cand migrate 'To be written'
            cand showmigrations 'To be written'
            cand sqlmigrate 'To be written'
            cand createsuperuser 'To be written'
            cand changepassword 'To be written'
            cand createcachetable 'To be written'
            cand clearsessions 'To be written'
            cand collectstatic 'To be written'
            cand findstatic 'To be written'
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
        &'djr;help;migrate'= {
        }
        &'djr;help;showmigrations'= {
        }
        &'djr;help;sqlmigrate'= {
        }
        &'djr;help;createsuperuser'= {
        }
        &'djr;help;changepassword'= {
        }
        &'djr;help;createcachetable'= {
        }
        &'djr;help;clearsessions'= {
        }
        &'djr;help;collectstatic'= {
        }
        &'djr;help;findstatic'= {
        }
        &'djr;help;help'= {
        }
    ]
    $completions[$command]
}

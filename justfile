# The tasks of a developer; `just` lists them.

_list:
    @just --list --unsorted

# What CI refuses: format, lints, documentation
check:
    cargo fmt --check
    cargo clippy --no-default-features -- -D warnings
    cargo clippy --all-targets --features s3 -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --features s3

# All tests: no Python, no network
test *ARGS:
    cargo test {{ ARGS }}

# Write the generated files again: man pages, completions, docs/settings.md, snapshots
bless:
    DJR_BLESS=1 INSTA_UPDATE=always cargo test

# Ask a real Django, both ways
parity *ARGS:
    tests/parity/run {{ ARGS }}

# Record again what Django does, for the tests that need no Python
record:
    for recorder in tests/parity/record.py tests/parity/record_*.py; do target/django/bin/python $recorder; done

# Kill and starve every command at every write, sync and rename; the log is target/torture/
torture *ARGS:
    EVOLUTIONS=2000 cargo test --test models evolution
    DJR_TORTURE=full cargo test --test torture -- --nocapture {{ ARGS }}

# Feed random input to a target of `fuzz/`: dates, document, dotenv, fixtures, forms, mail, multipart, records, request, session, signing, urls or variables
fuzz TARGET *ARGS:
    cargo fuzz run --sanitizer none {{ TARGET }} -- {{ ARGS }}

# Compare with Django: a table of ratios
bench *ARGS:
    bench/compare {{ ARGS }}

# Licences and advisories of the dependencies
deny:
    cargo deny check

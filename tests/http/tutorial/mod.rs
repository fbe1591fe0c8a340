//! The tutorials of `docs/`, followed to the letter: each command is typed, each file written, each page looked at.

mod blocks;
mod html;
mod prompt;

use std::io::Read as _;
use std::process::Stdio;

use self::blocks::{Block, FileChange, blocks};
use self::html::Form;
use crate::attacks::browser::Browser;
use crate::support::page::page_text;
use crate::support::{Project, Terminal};

/// What the page says the site is at.
const ADDRESS: &str = "http://127.0.0.1:8000";

const PASSWORD: &str = "a wholly new passphrase 7";

/// A reader at work.
struct Reader {
    place: Project,
    /// The directory that the commands are typed in.
    directory: String,
    /// The terminal of the server, and where that listens.
    server: Option<(Terminal, String)>,
    windows: [Window; 2],
    /// Which of the windows is looked at.
    window: usize,
    /// How many addresses of the site were opened.
    opened: usize,
}

/// A window of a browser, with cookies of its own.
struct Window {
    browser: Browser,
    path: String,
    page: String,
}

impl Window {
    fn new(address: &str) -> Self {
        let mut browser = Browser::new(address).header("Accept", "text/html,*/*;q=0.8");
        address.clone_into(&mut browser.host);
        Self {
            browser,
            path: String::new(),
            page: String::new(),
        }
    }

    fn open(&mut self, path: &str) {
        let mut answer = self.browser.get(path);
        path.clone_into(&mut self.path);
        while answer.status == 302 {
            answer = self.follow(answer.header("location").unwrap());
        }
        self.page = answer.text();
    }

    fn follow(&mut self, location: &str) -> crate::test_server::RawResponse {
        let path = location.split('#').next().unwrap();
        path.clone_into(&mut self.path);
        self.browser.get(path)
    }

    #[track_caller]
    fn send(&mut self, button: &str, fields: &[(&str, &str)]) {
        let mut form = Form::with_button(&self.page, button);
        for (label, value) in fields {
            let value = value.trim_matches('`');
            let is_password = label.starts_with("Password");
            form.fill(label, if is_password { PASSWORD } else { value });
        }
        if !form.action.is_empty() {
            self.path.clone_from(&form.action);
        }
        let mut answer = self.browser.post(&self.path, &form.fields());
        if answer.status == 302 {
            answer = self.follow(answer.header("location").unwrap());
        }
        self.page = answer.text();
    }
}

impl Reader {
    fn new() -> Self {
        Self {
            place: Project::empty(),
            directory: ".".to_owned(),
            server: None,
            windows: [Window::new(""), Window::new("")],
            window: 0,
            opened: 0,
        }
    }

    /// Does all that the page called `name` says.
    #[track_caller]
    fn follow_page(&mut self, name: &str) {
        let page = page_text(name);
        let opened = self.opened;
        for block in blocks(&page) {
            self.follow(&block);
        }
        let named = page.matches(&format!("<{ADDRESS}")).count();
        assert_eq!(self.opened - opened, named, "an address that nobody opens");
    }

    #[track_caller]
    fn follow(&mut self, block: &Block) {
        let opened = self.opened;
        self.use_browser(block);
        let is_looked_at = matches!(block.kind.as_str(), "table" | "text" | "xml");
        assert!(
            is_looked_at || self.opened == opened,
            "nobody looks at the page: {}",
            block.prose
        );
        match block.kind.as_str() {
            "console" => self.type_commands(&block.text),
            "text" => self.see(&block.text),
            "xml" => self.see_source(&block.text),
            "table" => {}
            "toml" | "html" | "css" | "json" | "python" => self.change_file(block),
            kind => panic!("nobody knows what to do with `{kind}`"),
        }
    }

    /// Opens addresses and presses buttons, as the prose says.
    #[track_caller]
    fn use_browser(&mut self, block: &Block) {
        let windows = [("first window", 0), ("private window", 1)];
        let found = windows.iter().find(|(name, _)| block.prose.contains(name));
        self.window = found.map_or(self.window, |(_, window)| *window);
        let window = &mut self.windows[self.window];
        let opening = format!("pen <{ADDRESS}");
        for address in block.prose.split(&opening).skip(1) {
            window.open(address.split('>').next().unwrap());
            self.opened += 1;
        }
        let (before, button) = block.prose.split_once("press **").unwrap_or_default();
        if before.is_empty() || before.ends_with("or ") || before.ends_with("` and ") {
            return;
        }
        let fields = match block.kind.as_str() {
            "table" => block.rows(),
            _ => Vec::new(),
        };
        window.send(button.split("**").next().unwrap(), &fields);
    }

    #[track_caller]
    fn see(&self, expected: &str) {
        let page = &self.windows[self.window].page;
        let text = html::text(page);
        let mut rest = text.as_str();
        for wanted in expected.lines() {
            let found = rest.split_once(wanted);
            let (_, behind) =
                found.unwrap_or_else(|| panic!("`{wanted}` is not (there) in:\n{text}"));
            rest = behind;
        }
    }

    #[track_caller]
    fn see_source(&self, expected: &str) {
        let page = &self.windows[self.window].page;
        for wanted in expected.lines() {
            assert!(page.contains(wanted), "`{wanted}` is not in:\n{page}");
        }
    }

    #[track_caller]
    fn change_file(&self, block: &Block) {
        let (file, change) = block.file();
        let file = format!("{}/{file}", self.directory);
        let text = match change {
            FileChange::Write => block.text.clone(),
            FileChange::AtTheEnd => self.place.read(&file) + &block.text,
            FileChange::InPlaceOf(line) => {
                let before = self.place.read(&file);
                assert_eq!(before.matches(&line).count(), 1, "`{line}` in {file}");
                before.replace(&line, block.text.trim_end())
            }
            FileChange::Below { line, is_last } => {
                let before = self.place.read(&file);
                let mut lines: Vec<_> = before.lines().collect();
                let places = lines.iter().enumerate();
                let places = places.filter(|(_, text)| text.trim() == line);
                let places: Vec<_> = places.map(|(place, _)| place).collect();
                assert!(
                    places.len() == 1 || is_last && places.len() > 1,
                    "`{line}` stands at {places:?} of {file}:\n{before}"
                );
                lines.insert(places[places.len() - 1] + 1, block.text.trim_end());
                lines.join("\n") + "\n"
            }
        };
        self.place.write(file, &text);
    }

    #[track_caller]
    fn type_commands(&mut self, text: &str) {
        for part in format!("\n{text}").split("\n$ ").skip(1) {
            let (command, expected) = part.split_once('\n').unwrap_or((part, ""));
            let words: Vec<_> = command.split(' ').collect();
            match words[..] {
                // The executable is there: the tests have built it.
                ["cargo", "install", "--path", "."] => {}
                ["cd", directory] => directory.clone_into(&mut self.directory),
                ["djr", "up"] => self.start_server(expected),
                ["djr", "shell"] => self.type_at_prompt(expected),
                ["curl", address] => self.ask(address.trim_matches('"'), expected),
                ["djr", ..] => self.run(&words[1..], expected),
                _ => panic!("an unknown command: {command}"),
            }
        }
    }

    /// Types what stands behind the prompts of `shown`.
    #[track_caller]
    fn type_at_prompt(&self, shown: &str) {
        let shell = self.place.command(["shell"]).current_dir(&self.directory);
        prompt::follow(Terminal::start(shell, "true"), shown);
    }

    /// Runs `djr` as on a terminal: what it prints comes in one stream. It fails where its tests fail on the page.
    #[track_caller]
    fn run(&self, words: &[&str], expected: &str) {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let invocation = self.place.command(words).current_dir(&self.directory);
        let mut child = invocation
            .into_command()
            .stdin(Stdio::null())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .unwrap();
        let mut printed = String::new();
        reader.read_to_string(&mut printed).unwrap();
        let is_done = child.wait().unwrap().success();
        let fails = expected.contains("\nFAILED (");
        assert_eq!(is_done, !fails, "{words:?}\n{printed}");
        // The README shows the commands alone.
        if !expected.is_empty() {
            assert_eq!(
                without_times(&printed),
                without_times(expected),
                "{words:?}"
            );
        }
    }

    /// Runs `djr up` on a terminal, answering its questions as `shown`, or as the tutorial shows it.
    #[track_caller]
    fn start_server(&mut self, shown: &str) {
        let usual = "Username `: ada\nEmail address: \nPassword: [hidden]\n(again): [hidden]";
        let shown = if shown.is_empty() { usual } else { shown };
        let up = self.place.command(["up", "127.0.0.1:0"]);
        let mut terminal = Terminal::start(up.current_dir(&self.directory), "true");
        for line in shown.lines() {
            let line = line.trim_end();
            match line
                .split_once(':')
                .map(|(question, answer)| (question, answer.trim()))
            {
                _ if line.contains(ADDRESS) => {}
                Some((question, "[hidden]")) => {
                    terminal.answer(question, &format!("{PASSWORD}\r"));
                }
                Some((question, answer)) => {
                    let question = question.split('`').next().unwrap();
                    terminal.answer(question, &format!("{answer}\r"));
                }
                None => drop(terminal.wait_for(line)),
            }
        }
        terminal.wait_for("served at http://");
        let address = terminal.wait_for("/").trim_end_matches('/').to_owned();
        self.windows = [Window::new(&address), Window::new(&address)];
        self.server = Some((terminal, address));
    }

    #[track_caller]
    fn panel_stands_on_pages_alone(&mut self) {
        let window = &mut self.windows[0];
        for (path, has_panel) in [
            ("/posts/", true),
            ("/posts/api/", true),
            ("/posts/api/?format=json", false),
            ("/posts/feed/", false),
            ("/static/site.css", false),
            ("/static/favicon.svg", false),
        ] {
            window.open(path);
            assert_eq!(window.page.contains("djr-panel"), has_panel, "{path}");
        }
    }

    /// The templates of the page use no name that is not there; `end` is a path that nobody asked for before.
    #[track_caller]
    fn log_tells_no_slips(&mut self, asked_for: &str, end: &str) {
        self.windows[0].open(end);
        let (terminal, _) = self.server.as_mut().unwrap();
        let log = terminal.wait_for(end);
        assert!(log.contains(&format!("\"GET {asked_for}")), "{log}");
        assert!(!log.contains("is undefined"), "{log}");
    }

    #[track_caller]
    fn ask(&self, address: &str, expected: &str) {
        let (_, server) = self.server.as_ref().unwrap();
        let path = address.strip_prefix(ADDRESS).unwrap();
        let mut program = Browser::new(server);
        server.clone_into(&mut program.host);
        let answer = program.get(path);
        assert_eq!(answer.text().trim_end(), expected.trim_end(), "{address}");
    }
}

/// The lines that were printed, without how long tests took.
fn without_times(printed: &str) -> String {
    let lines = printed.trim_end().lines().map(|line| {
        let taken = line.starts_with("Ran ").then(|| line.split_once(" in "));
        taken.flatten().map_or(line, |(before, _)| before)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn django_s_own_tutorial_does_what_our_page_says() {
    let mut reader = Reader::new();
    reader.follow_page("tutorial-django.md");
    assert!(reader.opened > 10, "{}", reader.opened);
}

#[test]
fn every_step_of_the_tutorial_does_what_it_says() {
    let mut reader = Reader::new();
    reader.follow_page("tutorial.md");
    assert!(reader.opened > 20, "{}", reader.opened);
    reader.panel_stands_on_pages_alone();
    reader.log_tells_no_slips("/posts/new/", "/the-end/");
    reader.window = 0;
    reader.follow_page("tutorial-python.md");
    reader.log_tells_no_slips("/posts/letter/", "/the-end-of-all/");
}

#[test]
fn the_commands_of_the_readme_lead_to_a_site() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let mut reader = Reader::new();
    for block in blocks(&page) {
        assert_eq!(block.kind, "console", "{}", block.text);
        reader.type_commands(&block.text);
    }
    let window = &mut reader.windows[0];
    window.open("/");
    assert!(html::text(&window.page).contains("Blog is up and running"));
}

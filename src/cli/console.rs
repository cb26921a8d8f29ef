//! The one door to the terminal.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints to standard output. A pipe closed at the other end is no error.
pub(super) fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a message to standard error.
pub(super) fn error(message: &str) {
    let _ = writeln!(std::io::stderr(), "rspkpi: {message}");
}

/// A progress line while files are read: on a terminal only, silent in a pipe.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style =
            ProgressStyle::with_template("Reading {pos} of {len}: {wide_msg}").expect("a template of known keys");
        Self(ProgressBar::new(0).with_style(style))
    }

    pub(super) fn step(&self, done: usize, all: usize, name: &str) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
        self.0.set_message(name.to_owned());
    }

    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Columns of a terminal that everybody has.
pub(super) const WIDTH: usize = 96;

/// A paragraph, broken between words; `mark` stands before the first line, blanks before the others.
pub(super) fn wrapped(paragraph: &str, mark: &str) -> String {
    let indent = " ".repeat(mark.chars().count());
    let mut lines: Vec<String> = Vec::new();
    let mut line = mark.to_owned();
    let mut words = 0;
    for word in paragraph.split_whitespace() {
        if words > 0 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            words = 0;
        }
        if words > 0 {
            line.push(' ');
        }
        line.push_str(word);
        words += 1;
    }
    lines.push(line);
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

//! Why a file or a sheet was not read, in words for the person who sent it.

use crate::findings::{Code, Finding, Origin};

/// A reason not to read a file or a sheet. Says nothing about where; that is added by [`Trouble::at`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    code: Code,
    message: String,
    help: String,
    detail: String,
}

const SAVE_AGAIN: &str = "Open it in Excel, save it as an Excel workbook (.xlsx) and run again.";

impl Trouble {
    fn new(code: Code, message: impl Into<String>, help: &str) -> Self {
        Self { code, message: message.into(), help: help.to_owned(), detail: String::new() }
    }

    /// The content is encrypted.
    pub(crate) fn password() -> Self {
        Self::new(
            Code::FileUnreadable,
            "The file is protected by a password and cannot be read.",
            "Open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password), save and run again.",
        )
    }

    /// The content breaks the rules of its format; `detail` is the reader's own word for it.
    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        let message = "The content cannot be read; it is damaged or written by a program that this one does not know.";
        Self { detail: detail.into(), ..Self::new(Code::FileUnreadable, message, SAVE_AGAIN) }
    }

    /// The file is no spreadsheet although its name says so.
    pub(crate) fn not_a_spreadsheet(what: &str) -> Self {
        Self::new(Code::FileUnreadable, format!("The file is named like a spreadsheet but is {what}."), SAVE_AGAIN)
    }

    /// The operating system does not give the file.
    pub(crate) fn closed(error: &std::io::Error) -> Self {
        Self::new(
            Code::FileUnreadable,
            format!("The file cannot be opened: {error}."),
            "Close it in other programs, check that you may read it, and run again.",
        )
    }

    /// The file is of a kind that is not read, and does not claim otherwise.
    pub(crate) fn skipped(what: &str) -> Self {
        Self::new(
            Code::FileSkipped,
            format!("Not read: {what}."),
            "Nothing to do, unless it holds records: then save them as .xlsx or .csv in this folder.",
        )
    }

    /// Something is beyond the limits; `what` is a sentence.
    pub(crate) fn too_large(what: impl Into<String>, help: &str) -> Self {
        Self::new(Code::FileTooLarge, what, help)
    }

    /// The file or sheet has no rows.
    pub(crate) fn empty(what: &str) -> Self {
        Self::new(
            Code::SheetEmpty,
            format!("The {what} has no rows."),
            "Nothing to do, unless rows were expected here.",
        )
    }

    /// The same trouble with another next step.
    pub(crate) fn with_help(mut self, help: &str) -> Self {
        help.clone_into(&mut self.help);
        self
    }

    /// The finding for a whole file.
    pub(crate) fn at(self, file: &str) -> Finding {
        let origin = Origin { file: file.into(), ..Origin::default() };
        Finding::new(self.code, origin, self.message, self.help).seen(self.detail)
    }

    /// The finding for one sheet; the rest of the file was read.
    pub(crate) fn at_sheet(mut self, file: &str, sheet: &str) -> Finding {
        if self.code == Code::FileUnreadable {
            self.code = Code::SheetUnreadable;
        }
        let mut finding = self.at(file);
        finding.origin.sheet = sheet.into();
        finding
    }
}

//! Texts one after the other in one long string.

/// A list of texts. Each costs its own length and four bytes.
#[derive(Debug, Default)]
pub(crate) struct TextList {
    joined: String,
    /// Where each text ends in `joined`; it begins where the one before ends.
    ends: Vec<u32>,
}

impl TextList {
    /// The text at a place in the list.
    pub(crate) fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.joined[start..self.ends[index] as usize]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they have together.
    pub(crate) fn bytes(&self) -> usize {
        self.joined.len()
    }

    /// Adds a text; false where the list would have more bytes than it can count.
    pub(crate) fn push(&mut self, text: &str) -> bool {
        let Ok(end) = u32::try_from(self.joined.len() + text.len()) else { return false };
        self.joined.push_str(text);
        self.ends.push(end);
        true
    }

    /// Gives back memory held in reserve.
    pub(crate) fn shrink(&mut self) {
        self.joined.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// The texts that a workbook lists for the cells of all its sheets, trimmed of white space at both ends.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) texts: TextList,
    /// The places of those that have more characters than a cell may have, ascending.
    pub(crate) too_long: Vec<usize>,
}

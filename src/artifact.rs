//! Border type: a file of a report, made but not yet written.

/// One file of a report, made but not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path in the report folder, with forward slashes.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// A file of a path and content.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

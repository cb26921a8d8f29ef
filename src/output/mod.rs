//! The report folder: files made in memory, written aside one by one, swapped in at the end.

pub mod data;
mod folder;
pub mod follow_up;
pub mod manifest;
pub mod rejected;

pub use folder::{OutputError, ReportFolder, Written, replace, write_new};

//! The report folder: files made in memory, written aside, swapped in at the end.

pub mod data;
mod folder;
pub mod follow_up;
pub mod manifest;
pub mod rejected;

pub use folder::{OutputError, ReportFolder, replace, write_new};

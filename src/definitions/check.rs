//! Lints.
use super::{ConfigError, Definitions};
pub(super) fn consistent(_: &Definitions) -> Result<(), ConfigError> {
    Ok(())
}

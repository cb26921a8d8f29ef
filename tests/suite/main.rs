//! The behaviour of the product, room by room.

mod check;
mod documents;
mod intake;

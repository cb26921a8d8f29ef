//! The behaviour of the product, room by room.

mod intake;

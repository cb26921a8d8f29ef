//! The behaviour of the product, room by room.

mod inspect;
mod intake;
mod layouts;
mod office;

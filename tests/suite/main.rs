//! The behaviour of the product, room by room.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod answers;
mod book;
mod change;
mod chart_views;
mod charts;
mod check;
mod command_line;
mod counting;
mod decisions;
mod documents;
mod evidence;
mod follow_up;
mod house;
mod in_parts;
mod inspect;
mod intake;
mod invariance;
mod layouts;
mod links;
mod long_tables;
mod matching;
mod needs;
mod office;
mod output;
mod own_layouts;
mod persons;
mod reading;
mod review;
mod round_trip;
mod sheets;
mod small_groups;
mod standing;
mod terms;
mod words;
mod workbook;

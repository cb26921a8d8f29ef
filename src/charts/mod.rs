//! Views -> charts as SVG and PNG files: one chart a file; plotters paints the SVG.
//!
//! A chart is laid out once, as a `Drawing` of rectangles and measured lines of text; both files are painted
//! from it and show the same. Look and sizes stand in `palette`. To add a chart: its view in [`crate::report::charts`],
//! a file here, one line in [`drawers`].

mod activities;
mod bars;
mod canvas;
mod columns;
mod delivery;
mod drawing;
mod dumbbell;
mod frame;
mod legend;
mod letters;
mod map;
mod palette;
mod png;
mod scale;
mod sections;
mod shade;
mod svg;
mod targets;
mod text;
mod women;

use std::sync::Arc;

use crate::artifact::Artifact;
use crate::definitions::Palette;
use crate::report::charts::{ChartText, Charts};
use drawing::Drawing;
use letters::Letters;
use palette::Look;

/// What draws a chart: as `charts/<slug>.svg` and `charts/<slug>.png`.
pub type Drawer<'a> = Box<dyn Fn() -> Vec<Artifact> + Sync + 'a>;

/// What draws all charts that there are, each for itself, in a fixed order.
#[must_use]
pub fn drawers<'a>(charts: &'a Charts, palette: &Palette) -> Vec<Drawer<'a>> {
    let tools = Tools { look: Look::of(palette), letters: Arc::default() };
    let Charts { activities, delivery, women, members, map, sections, targets, follow_up, funding, needs } = charts;
    let mut all = vec![
        tools.drawer(&activities.text, activities, activities::draw),
        tools.drawer(&delivery.text, delivery, delivery::draw),
        tools.drawer(&women.text, women, women::draw),
        tools.drawer(&members.text, members, bars::draw),
        tools.drawer(&map.text, map, map::draw),
        tools.drawer(&sections.text, sections, sections::draw),
        tools.drawer(&targets.text, targets, targets::draw),
        tools.drawer(&follow_up.text, follow_up, bars::draw),
        tools.drawer(&funding.text, funding, bars::draw),
    ];
    all.extend(needs.demand.iter().map(|view| tools.drawer(&view.text, view, dumbbell::draw)));
    let bars = [&needs.open, &needs.funnel].into_iter().flatten();
    all.extend(bars.map(|view| tools.drawer(&view.text, view, bars::draw)));
    all
}

/// What all charts are drawn with.
struct Tools {
    look: Look,
    letters: Arc<Letters>,
}

impl Tools {
    fn drawer<'a, V: Sync>(&self, text: &'a ChartText, view: &'a V, draw: fn(&V, Look) -> Drawing) -> Drawer<'a> {
        let (look, letters) = (self.look, Arc::clone(&self.letters));
        Box::new(move || files(text, &draw(view, look), &letters))
    }
}

fn files(text: &ChartText, drawing: &Drawing, letters: &Letters) -> Vec<Artifact> {
    let ChartText { slug, title, subtitle, foot, description } = text;
    let sentences = [subtitle, description, foot].map(|sentence| sentence.trim_end_matches('.'));
    let description = format!("{}.", sentences.join(". "));
    vec![
        Artifact::new(format!("charts/{slug}.svg"), svg::file(drawing, slug, title, &description)),
        Artifact::new(format!("charts/{slug}.png"), png::file(drawing, letters, title, &description)),
    ]
}

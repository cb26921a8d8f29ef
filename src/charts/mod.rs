//! Views -> charts as SVG and PNG files: one chart a file; plotters paints the SVG.
//!
//! A chart is laid out once, as a `Drawing` of rectangles and measured lines of text; both files are painted
//! from it and show the same. Look and sizes stand in `palette`. To add a chart: its view in [`crate::report::charts`],
//! a file here, one line in [`render`].

mod activities;
mod bars;
mod canvas;
mod columns;
mod delivery;
mod drawing;
mod dumbbell;
mod frame;
mod legend;
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

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::artifact::Artifact;
use crate::definitions::Palette;
use crate::report::charts::{ChartText, Charts};
use drawing::Drawing;
use palette::Look;

/// What draws a chart.
type Draw<'a> = Box<dyn Fn() -> [Artifact; 2] + Sync + 'a>;

/// All charts that there are, each as `charts/<slug>.svg` and `charts/<slug>.png`, in a fixed order; as many at a time
/// as the machine has cores.
#[must_use]
pub fn render(charts: &Charts, palette: &Palette) -> Vec<Artifact> {
    let look = Look::of(palette);
    let Charts { activities, delivery, women, members, map, sections, targets, follow_up, funding, needs } = charts;
    let mut all: Vec<Draw<'_>> = vec![
        Box::new(|| files(&activities.text, &activities::draw(activities, look))),
        Box::new(|| files(&delivery.text, &delivery::draw(delivery, look))),
        Box::new(|| files(&women.text, &women::draw(women, look))),
        Box::new(|| files(&members.text, &bars::draw(members, look))),
        Box::new(|| files(&map.text, &map::draw(map, look))),
        Box::new(|| files(&sections.text, &sections::draw(sections, look))),
        Box::new(|| files(&targets.text, &targets::draw(targets, look))),
        Box::new(|| files(&follow_up.text, &bars::draw(follow_up, look))),
        Box::new(|| files(&funding.text, &bars::draw(funding, look))),
    ];
    if let Some(view) = &needs.demand {
        all.push(Box::new(|| files(&view.text, &dumbbell::draw(view, look))));
    }
    for view in [&needs.open, &needs.funnel].into_iter().flatten() {
        all.push(Box::new(|| files(&view.text, &bars::draw(view, look))));
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(draw) = all.get(at) else { return made };
            made.push((at, draw()));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut made: Vec<(usize, [Artifact; 2])> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(all.len())).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("drawing a chart does not panic")).collect()
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().flat_map(|(_, files)| files).collect()
}

fn files(text: &ChartText, drawing: &Drawing) -> [Artifact; 2] {
    let ChartText { slug, title, subtitle, foot, description } = text;
    let sentences = [subtitle, description, foot].map(|sentence| sentence.trim_end_matches('.'));
    let description = format!("{}.", sentences.join(". "));
    [
        Artifact::new(format!("charts/{slug}.svg"), svg::file(drawing, slug, title, &description)),
        Artifact::new(format!("charts/{slug}.png"), png::file(drawing, title, &description)),
    ]
}

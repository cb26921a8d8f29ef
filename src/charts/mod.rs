//! Views -> charts as SVG and PNG files: one chart a file, painted by plotters.
//!
//! A chart is laid out once, as a `Drawing` of rectangles and measured lines of text; both files are painted
//! from it and show the same. Look and sizes stand in `palette`. To add a chart: its view in [`crate::report::charts`],
//! a file here, one line in [`render`].

mod activities;
mod bars;
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

use std::thread;

use crate::artifact::Artifact;
use crate::report::charts::{ChartText, Charts};
use drawing::Drawing;

/// All charts that there are, each as `charts/<slug>.svg` and `charts/<slug>.png`, in a fixed order.
#[must_use]
pub fn render(charts: &Charts) -> Vec<Artifact> {
    let Charts { activities, delivery, women, members, map, sections, targets, follow_up, funding, needs } = charts;
    thread::scope(|scope| {
        let all = [
            scope.spawn(|| files(&activities.text, &activities::draw(activities))),
            scope.spawn(|| files(&delivery.text, &delivery::draw(delivery))),
            scope.spawn(|| files(&women.text, &women::draw(women))),
            scope.spawn(|| files(&members.text, &bars::draw(members))),
            scope.spawn(|| files(&map.text, &map::draw(map))),
            scope.spawn(|| files(&sections.text, &sections::draw(sections))),
            scope.spawn(|| files(&targets.text, &targets::draw(targets))),
            scope.spawn(|| files(&follow_up.text, &bars::draw(follow_up))),
            scope.spawn(|| files(&funding.text, &bars::draw(funding))),
        ];
        let of_needs = [
            needs.demand.as_ref().map(|view| scope.spawn(|| files(&view.text, &dumbbell::draw(view)))),
            needs.open.as_ref().map(|view| scope.spawn(|| files(&view.text, &bars::draw(view)))),
            needs.funnel.as_ref().map(|view| scope.spawn(|| files(&view.text, &bars::draw(view)))),
        ];
        let all = all.into_iter().chain(of_needs.into_iter().flatten());
        all.flat_map(|chart| chart.join().expect("drawing a chart does not panic")).collect()
    })
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

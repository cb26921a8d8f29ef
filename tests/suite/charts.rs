//! Charts: SVG and PNG files that are the same every time, readable, and never cut or overlapping.

use std::io::Cursor;

use ab_glyph::{Font, FontRef};
use proptest::prelude::*;
use rspkpi::artifact::Artifact;
use rspkpi::charts;
use rspkpi::definitions::{Colour, Palette};
use rspkpi::report::charts::{
    Bar, Bars, ChartText, Charts, Demand, KpiTargets, MapTile, MemberMap, MemberSections, NeedsCharts, SectionCounts,
    Series, SharePoint, Stacked, TargetBar, TopicDemand, WomenShare,
};

/// All charts in the shipped colours.
fn render(charts: &Charts) -> Vec<Artifact> {
    painted(charts, &Palette::default())
}

fn painted(charts: &Charts, palette: &Palette) -> Vec<Artifact> {
    charts::drawers(charts, palette).iter().flat_map(|draw| draw()).collect()
}

const SLUGS: [&str; 12] = [
    "cb-activities",
    "plan-delivery",
    "women-share",
    "members-reached",
    "member-map",
    "members-sections",
    "kpi-targets",
    "follow-up",
    "funding",
    "needs-demand",
    "open-needs",
    "follow-up-funnel",
];
const SLIDE: (f64, f64) = (1600.0, 900.0);

fn text(slug: &'static str, title: &str) -> ChartText {
    ChartText {
        slug,
        title: title.to_owned(),
        subtitle: "What is drawn, number".to_owned(),
        foot: "Source: activity logs of the office, as at 15 November 2025.".to_owned(),
        description: "First 3, second 4".to_owned(),
    }
}

fn stacked(slug: &'static str, categories: &[&str], series: &[(&str, &[usize])]) -> Stacked {
    Stacked {
        text: text(slug, "27 activities delivered in the year to date"),
        categories: categories.iter().map(|name| (*name).to_owned()).collect(),
        series: series
            .iter()
            .map(|(name, counts)| Series { name: (*name).to_owned(), counts: counts.to_vec() })
            .collect(),
    }
}

fn point(label: &str, (women, known): (u64, u64), (covered, delivered): (u64, u64)) -> SharePoint {
    SharePoint { label: label.to_owned(), women, known, covered, delivered, withheld: None }
}

fn women(points: Vec<SharePoint>) -> WomenShare {
    WomenShare {
        text: text("women-share", "Women were 45.7 % of participants whose sex is known"),
        points,
        years: Vec::new(),
    }
}

fn bars(slug: &'static str, groups: &[(&str, &[(&str, usize)])]) -> Bars {
    let bars = |bars: &[(&str, usize)]| {
        let bar =
            |(name, count): &(&str, usize)| Bar { name: (*name).to_owned(), count: *count, beside: String::new() };
        bars.iter().map(bar).collect()
    };
    Bars {
        text: text(slug, "21 of 35 Members were reached by an event"),
        nothing: "Nothing to show: no event.",
        groups: groups.iter().map(|(name, members)| ((*name).to_owned(), bars(members))).collect(),
    }
}

fn members(groups: &[(&str, &[(&str, usize)])]) -> Bars {
    bars("members-reached", groups)
}

fn follow_up(counts: [usize; 4]) -> Bars {
    let names = ["Action taken", "Taken in part", "Planned", "Not taken"];
    let answers: Vec<(&str, usize)> = names.into_iter().zip(counts).collect();
    let mut view = bars("follow-up", &[("", answers.as_slice())]);
    let total: usize = counts.iter().sum();
    for bar in &mut view.groups[0].1 {
        bar.beside = (100 * bar.count).checked_div(total).map_or_else(String::new, |share| format!("{share} %"));
    }
    view
}

/// A map of Members in a grid, every third of them without a place.
fn map(columns: usize, counts: &[usize]) -> MemberMap {
    let placed = counts.len() - counts.len() / 3;
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap());
    let tile = |(at, count): (usize, &usize)| MapTile {
        code: [letter(at / 26), letter(at)].iter().collect(),
        count: *count,
        place: (at < placed).then_some((at % columns, at / columns)),
    };
    MemberMap {
        text: text("member-map", "28 of 35 Members were reached, Fiji most often (9 events)"),
        columns,
        rows: placed.div_ceil(columns),
        tiles: counts.iter().enumerate().map(tile).collect(),
        not_reached: "Not reached: Bhutan, Lao P.D.R. and Maldives.".to_owned(),
    }
}

fn sections(groups: &[(&str, &[(&str, usize)])]) -> MemberSections {
    let counts = |(name, all): &(&str, usize)| SectionCounts {
        name: (*name).to_owned(),
        counts: vec![*all, all / 2, 0, all / 5],
        all: *all,
    };
    let title = "Improve needs analysis, planning, delivery and management of regional capacity building";
    MemberSections {
        text: text("members-sections", "Section 1 reached 28 of 35 Members, section 3 none"),
        sections: (1..=4).map(|number| (number, title.to_owned())).collect(),
        groups: groups.iter().map(|(name, rows)| ((*name).to_owned(), rows.iter().map(counts).collect())).collect(),
    }
}

fn target(progress: Option<f64>) -> TargetBar {
    TargetBar {
        label: "1-(dd).2".to_owned(),
        text: "Number of implementing Members: Work with Vice Chair and Members to promote full participation"
            .to_owned(),
        brief: "Members standing (register, follow-up)".to_owned(),
        baseline: "1200".to_owned(),
        target: "2300".to_owned(),
        actual: if progress.is_some() { "1750 %" } else { "no baseline" }.to_owned(),
        progress,
    }
}

fn targets(progress: &[Option<f64>]) -> KpiTargets {
    KpiTargets {
        text: text("kpi-targets", "3 of 8 KPIs with a target have reached it"),
        bars: progress.iter().map(|progress| target(*progress)).collect(),
    }
}

/// Charts of needs of some topics, by name, Members that ask, and those of them served.
fn needs(topics: &[(&str, usize, usize)]) -> NeedsCharts {
    let topic = |(name, asked, served): &(&str, usize, usize)| TopicDemand {
        name: (*name).to_owned(),
        asked: *asked,
        served: *served,
    };
    let rows: Vec<TopicDemand> = topics.iter().map(topic).collect();
    let demand = Demand { text: text("needs-demand", "9 of 23 needs are served"), groups: vec![(String::new(), rows)] };
    let open: Vec<(&str, usize)> = topics.iter().map(|(name, asked, served)| (*name, asked - served)).collect();
    let steps = [("Asked", 1_340), ("Answered", 230), ("Action taken, in full or in part", 180), ("Tangible", 0)];
    let mut funnel = bars("follow-up-funnel", &[("", &steps)]);
    for bar in &mut funnel.groups[0].1 {
        "12.3 % of the answers".clone_into(&mut bar.beside);
    }
    NeedsCharts {
        demand: Some(demand),
        open: Some(bars("open-needs", &[("Regions", open.as_slice()), ("Groups", &open[..open.len().min(1)])])),
        funnel: Some(funnel),
    }
}

fn nothing() -> Charts {
    Charts {
        activities: stacked("cb-activities", &["Q1", "Q2"], &[]),
        delivery: stacked("plan-delivery", &[], &[("Delivered", &[]), ("Not yet", &[])]),
        women: women(vec![point("Q1", (0, 0), (0, 3))]),
        members: members(&[("Far East", &[("Japan", 0)])]),
        map: map(3, &[0, 0, 0]),
        sections: sections(&[("Far East", &[("Japan", 0)])]),
        targets: targets(&[]),
        follow_up: follow_up([0; 4]),
        funding: bars("funding", &[]),
        needs: NeedsCharts::default(),
    }
}

fn office() -> Charts {
    Charts {
        activities: stacked(
            "cb-activities",
            &["Q1", "Q2", "Q3", "Q4 (to 15 Jun)"],
            &[
                ("National", &[3, 5, 2, 4]),
                ("Sub-regional", &[1, 2, 1, 1]),
                ("Regional", &[2, 3, 0, 1]),
                ("Other CB types", &[0, 1, 0, 1]),
            ],
        ),
        delivery: stacked(
            "plan-delivery",
            &[
                "1. Support the implementation of conventions, instruments and tools",
                "2. Further develop partnerships with development partners",
                "3. Improve needs analysis, planning, delivery and management of regional activities",
            ],
            &[("Delivered", &[14, 1, 6]), ("Partly", &[7, 0, 3]), ("Not yet", &[41, 2, 19])],
        ),
        women: women(vec![
            point("Q1", (123, 266), (7, 12)),
            point("Q2", (88, 170), (5, 9)),
            point("Q3", (0, 0), (0, 3)),
            point("Q4 (to 15 Jun)", (1, 40), (1, 1)),
        ]),
        members: members(&[
            ("Sub-Continent", &[("Maldives", 6), ("Sri Lanka", 5), ("Pakistan", 0)]),
            ("ASEAN", &[("Thailand", 8), ("Viet Nam", 2), ("Lao People's Democratic Republic", 1)]),
        ]),
        map: map(6, &[6, 5, 0, 8, 2, 1, 3, 1, 0, 4]),
        sections: sections(&[
            ("Sub-Continent", &[("Maldives", 6), ("Sri Lanka", 5), ("Pakistan", 0)]),
            ("ASEAN", &[("Thailand", 8), ("Viet Nam", 2), ("Lao People's Democratic Republic", 1)]),
        ]),
        targets: targets(&[Some(40.0), None, Some(100.0), Some(0.0), Some(-20.0), Some(640.0)]),
        follow_up: follow_up([12, 5, 1, 0]),
        funding: bars(
            "funding",
            &[("Members and their funds", &[("CCF/Japan", 9), ("CCF/Korea", 1)]), ("Other", &[("SECO", 2)])],
        ),
        needs: needs(&[("Risk management", 9, 2), ("Authorized Economic Operator (AEO)", 4, 4), ("Transit", 1, 0)]),
    }
}

fn full() -> Charts {
    let quarters: Vec<String> = (1..=12).map(|quarter| format!("Q{quarter} (to 15 Nov)")).collect();
    let quarters: Vec<&str> = quarters.iter().map(String::as_str).collect();
    let section = "Improve needs analysis, planning, delivery and management of regional capacity building";
    let sections = vec![section; 12];
    let names = [
        "United Kingdom of Great Britain and Northern Ireland",
        "Fiji",
        "Hong Kong, China",
        "Antidisestablishmentarianismandmore",
    ];
    let bars: Vec<(&str, usize)> = (0..12).map(|at| (names[at % names.len()], 1_200 >> at)).collect();
    let regions = ["Sub-Continent", "Far East", "ASEAN", "Australasia/Oceania", "A region with quite a long name"];
    let mut charts = Charts {
        activities: stacked(
            "cb-activities",
            &quarters,
            &[
                ("National", &[103, 1, 2, 1, 50, 60, 1, 1, 1, 1, 0, 100]),
                ("Sub-regional", &[1, 1, 1, 1, 2, 3, 80, 1, 0, 1, 0, 1]),
                ("Regional", &[1, 1, 1, 4, 9, 99, 1, 1, 1, 1, 0, 1]),
                ("Other CB types", &[1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 2]),
            ],
        ),
        delivery: stacked(
            "plan-delivery",
            &sections,
            &[
                ("Delivered", &[114, 1, 6, 2, 1, 0, 1, 5, 6, 7, 8, 9]),
                ("Partly", &[1, 1, 1, 2, 1, 3, 1, 1, 1, 1, 1, 0]),
                ("Not yet", &[1, 1, 19, 7, 1, 1, 100, 1, 0, 0, 1, 1]),
            ],
        ),
        women: women(
            (0..12)
                .map(|at| point(quarters[at], ([1_234, 0, 55, 7][at % 4], [2_345, 0, 100, 100][at % 4]), (7, 12)))
                .collect(),
        ),
        members: members(&regions.map(|region| (region, bars.as_slice()))),
        map: map(14, &(0..90).map(|at| at * 17).collect::<Vec<_>>()),
        sections: self::sections(&regions.map(|region| (region, bars.as_slice()))),
        targets: targets(&(0..65).map(|at| (at % 7 > 0).then(|| 30.0 * f64::from(at) - 300.0)).collect::<Vec<_>>()),
        follow_up: follow_up([1_200, 345, 12, 1]),
        funding: self::bars("funding", &regions.map(|region| (region, bars.as_slice()))),
        needs: needs(&bars.iter().map(|(name, count)| (*name, *count, count / 3)).collect::<Vec<_>>()),
    };
    charts.activities.text.title = "A message that says a lot and goes on ".repeat(8);
    charts
}

/// As many Members as the world has.
fn world() -> Charts {
    let names: Vec<String> = (0..31).map(|at| format!("Member number {at}")).collect();
    let bars: Vec<(&str, usize)> = names.iter().enumerate().map(|(at, name)| (name.as_str(), 31 - at)).collect();
    let regions = ["Africa", "Americas", "Europe", "Asia", "Middle East", "Pacific"];
    let groups = regions.map(|region| (region, bars.as_slice()));
    let counts: Vec<usize> = (0..186).collect();
    let topic = "Upon request, assist Members' effort in implementing the agreement and all of its further annexes";
    let topics: Vec<(&str, usize, usize)> = (0..53).map(|at| (topic, 35, at % 36)).collect();
    let needs = needs(&topics);
    Charts { members: members(&groups), sections: sections(&groups), map: map(14, &counts), needs, ..nothing() }
}

fn svgs(charts: &Charts) -> Vec<String> {
    let svg = |file: Artifact| String::from_utf8(file.bytes).expect("an SVG file is UTF-8");
    render(charts).into_iter().step_by(2).map(svg).collect()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

/// A line of text as it is drawn.
#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).expect("the attribute is written");
    rest.split_once('"').expect("the attribute is closed").0
}

/// All lines of text of an SVG file, measured with the embedded fonts.
fn lines(svg: &str) -> Vec<Line> {
    let font = |bytes| FontRef::try_from_slice(bytes).expect("the font is whole");
    let regular = font(include_bytes!("../../src/charts/fonts/Carlito-Regular.ttf").as_slice());
    let bold = font(include_bytes!("../../src/charts/fonts/Carlito-Bold.ttf").as_slice());
    let line = |element: &str| {
        let (tag, rest) = element.split_once('>').expect("a tag ends");
        let text = unescaped(rest.strip_suffix("</text>").expect("a text stands on one line"));
        let number = |name| attribute(tag, name).parse::<f64>().expect("a number");
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let face = if tag.contains("font-weight=\"bold\"") { &bold } else { &regular };
        let units: f32 = text.chars().map(|letter| face.h_advance_unscaled(face.glyph_id(letter))).sum();
        let width = f64::from(units) * size / f64::from(face.units_per_em().expect("the font has a unit"));
        let left = match attribute(tag, "text-anchor") {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        Line { text, left, right: left + width, top: y - 0.68 * size, bottom: y + 0.2 * size }
    };
    svg.lines().filter(|element| element.starts_with("<text ")).map(line).collect()
}

fn texts(svg: &str) -> Vec<String> {
    lines(svg).into_iter().map(|line| line.text).collect()
}

/// A filled rectangle with its colour.
struct Filled {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    colour: [u8; 3],
}

fn colour(tag: &str) -> [u8; 3] {
    let hex = attribute(tag, "fill").trim_start_matches('#');
    [0, 2, 4].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour"))
}

fn rectangle(tag: &str) -> Filled {
    let number = |name| attribute(tag, name).parse::<f64>().expect("a number");
    let (left, top) = (number("x"), number("y"));
    Filled { left, top, right: left + number("width"), bottom: top + number("height"), colour: colour(tag) }
}

/// Luminance by WCAG 2: what is left of a colour in grey print.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// What is wrong with the lines of text of some charts.
fn collisions(charts: &Charts) -> Vec<String> {
    let mut found = Vec::new();
    for svg in svgs(charts) {
        for tag in svg.lines().filter(|line| line.starts_with("<rect ")) {
            let Filled { left, top, right, bottom, .. } = rectangle(tag);
            if left < 0.0 || top < 0.0 || right > SLIDE.0 || bottom > SLIDE.1 || right < left || bottom < top {
                found.push(format!("outside: {tag}"));
            }
        }
        let lines = lines(&svg);
        for (at, line) in lines.iter().enumerate() {
            if line.left < 0.0 || line.top < 0.0 || line.right > SLIDE.0 || line.bottom > SLIDE.1 {
                found.push(format!("outside: {line:?}"));
            }
            for other in &lines[..at] {
                let apart = line.left >= other.right
                    || other.left >= line.right
                    || line.top >= other.bottom
                    || other.top >= line.bottom;
                if !apart {
                    found.push(format!("overlap: {other:?} and {line:?}"));
                }
            }
        }
    }
    found
}

#[test]
fn every_chart_is_an_svg_and_a_png_in_a_fixed_order() {
    let paths: Vec<String> = render(&office()).into_iter().map(|file| file.path).collect();
    let expected: Vec<String> =
        SLUGS.iter().flat_map(|slug| [format!("charts/{slug}.svg"), format!("charts/{slug}.png")]).collect();
    assert_eq!(paths, expected);
}

#[test]
fn same_views_give_the_same_bytes() {
    assert_eq!(render(&full()), render(&full()));
}

#[test]
fn svg_names_its_language_title_and_figures_for_screen_readers() {
    for (svg, slug) in svgs(&office()).iter().zip(SLUGS) {
        let root = svg.lines().next().unwrap();
        assert!(root.contains(" role=\"img\"") && root.contains(" lang=\"en\""), "{root}");
        assert_eq!(attribute(root, "aria-labelledby"), format!("{slug}-title {slug}-desc"));
        assert_eq!(attribute(root, "viewBox"), "0 0 1600 900");
        assert_eq!(svg.matches(&format!("<title id=\"{slug}-title\">")).count(), 1);
        let description = svg.split_once(&format!("<desc id=\"{slug}-desc\">")).unwrap().1;
        assert!(description.starts_with("What is drawn, number. First 3, second 4. Source: "), "{description}");
    }
}

#[test]
fn svg_asks_for_the_font_whose_widths_were_measured() {
    for svg in svgs(&office()) {
        for tag in svg.lines().filter(|line| line.starts_with("<text ")) {
            assert_eq!(attribute(tag, "font-family"), "Calibri, Carlito, sans-serif");
            assert!(!tag.contains(" dy="), "{tag}");
        }
    }
}

#[test]
fn text_from_inputs_is_never_markup() {
    let name = "<script>&\"O'Neil\"</desc>\u{0}\u{ffff}";
    let mut charts = office();
    charts.members.groups[0].1[0].name = name.to_owned();
    charts.members.text.description = name.to_owned();
    charts.members.text.title = name.to_owned();
    let svg = &svgs(&charts)[3];
    let mut reader = quick_xml::Reader::from_str(svg);
    loop {
        match reader.read_event().expect("the file is well formed") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => assert_ne!(tag.name().as_ref(), "script"),
            _ => {}
        }
    }
    assert!(svg.contains("&lt;script&gt;&amp;&quot;O&apos;Neil&quot;&lt;/desc&gt;"));
    assert!(!svg.contains(['\u{0}', '\u{ffff}']));
}

#[test]
fn png_is_a_described_slide_of_thirteen_inches() {
    for file in render(&office()).into_iter().skip(1).step_by(2) {
        assert!(file.bytes.len() < 150_000, "{} has {} bytes", file.path, file.bytes.len());
        let mut reader = png::Decoder::new(Cursor::new(file.bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((frame.width, frame.height), (1600, 900));
        let info = reader.info();
        assert_eq!(info.pixel_dims.unwrap().xppu, 4724);
        let described = info.utf8_text.iter().find(|chunk| chunk.keyword == "Description").unwrap();
        assert!(described.get_text().unwrap().contains("First 3, second 4"));
        assert!(pixels.iter().any(|pixel| *pixel != pixels[0]), "{} is empty", file.path);
    }
}

#[test]
fn nothing_to_draw_gives_a_sentence_instead_of_an_empty_frame() {
    for svg in svgs(&nothing()) {
        assert!(texts(&svg).iter().any(|text| text.starts_with("Nothing to show: ")), "{svg}");
        assert_eq!(svg.matches("<rect ").count(), 1, "only the ground is drawn: {svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn every_figure_of_a_stack_is_written_also_where_its_segment_is_thin() {
    let charts = full();
    let svgs = svgs(&charts);
    for (view, svg) in [&charts.activities, &charts.delivery].into_iter().zip(&svgs) {
        let mut written = texts(svg);
        for count in view.series.iter().flat_map(|series| &series.counts).filter(|count| **count > 0) {
            let figure = count.to_string();
            let named = format!(" {figure}");
            let at = written.iter().position(|text| *text == figure || text.ends_with(&named));
            written.swap_remove(at.unwrap_or_else(|| panic!("{figure} is not written in {}", view.text.slug)));
        }
    }
}

#[test]
fn series_are_named_beside_the_last_column_or_in_a_legend() {
    let beside = texts(&svgs(&office())[0]);
    let mut charts = office();
    charts.activities.series[2].counts[3] = 0;
    let legend = texts(&svgs(&charts)[0]);
    for names in [beside, legend] {
        for name in ["National", "Sub-regional", "Regional", "Other CB types"] {
            assert_eq!(names.iter().filter(|text| *text == name).count(), 1, "{name}");
        }
    }
}

#[test]
fn demand_and_delivery_are_both_written_and_only_once_where_they_are_the_same() {
    let written = texts(&svgs(&office())[9]);
    let count = |wanted: &str| written.iter().filter(|text| *text == wanted).count();
    assert_eq!(["9", "2", "4", "1", "0"].map(count), [1, 1, 1, 1, 1]);
}

#[test]
fn quarter_without_a_figure_is_not_zero() {
    let written = texts(&svgs(&office())[2]);
    let count = |wanted: &str| written.iter().filter(|text| *text == wanted).count();
    assert_eq!(count("no figure"), 1);
    assert_eq!(count("0 %"), 1, "only the axis has a zero");
    assert_eq!(count("figures for 0 of 3 activities"), 1);
    assert_eq!((count("46.2 %"), count("123 women of 266"), count("figures for 7 of 12 activities")), (1, 1, 1));
    assert_eq!((count("1 woman of 40"), count("figures for 1 of 1 activity")), (1, 1));
}

#[test]
fn a_group_too_small_is_named_but_its_share_is_not() {
    let mut charts = office();
    charts.women.points[3] =
        SharePoint { withheld: Some("fewer than 5 persons".to_owned()), ..point("Q4", (0, 0), (1, 1)) };
    let written = texts(&svgs(&charts)[2]);
    let count = |wanted: &str| written.iter().filter(|text| *text == wanted).count();
    assert_eq!((count("not shown"), count("fewer than 5 persons"), count("no figure")), (1, 1, 1));
}

#[test]
fn every_text_stands_out_from_what_is_beneath_it() {
    for charts in [office(), full(), world()] {
        for svg in svgs(&charts) {
            let mut beneath: Vec<Filled> = Vec::new();
            for element in svg.lines() {
                if element.starts_with("<rect ") {
                    beneath.push(rectangle(element));
                } else if element.starts_with("<text ") {
                    let line = lines(element).remove(0);
                    let (x, y) = (f64::midpoint(line.left, line.right), f64::midpoint(line.top, line.bottom));
                    let holds = |area: &&Filled| area.left <= x && x <= area.right && area.top <= y && y <= area.bottom;
                    let ground = beneath.iter().rev().find(holds).expect("the slide has a ground");
                    let (one, other) = (luminance(ground.colour), luminance(colour(element)));
                    let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                    assert!(contrast >= 4.5, "{contrast:.1} for {element}");
                }
            }
        }
    }
}

#[test]
fn charts_are_painted_in_the_colours_of_the_office() {
    let palette = Palette { main: Colour(0x12_34_56), highlight: Colour(0xFE_DC_BA), ..Palette::default() };
    let files = painted(&full(), &palette).into_iter().step_by(2);
    let svg: String = files.map(|file| String::from_utf8(file.bytes).expect("an SVG file is UTF-8")).collect();
    assert!(svg.contains("#123456") && svg.contains("#FEDCBA"));
    assert!(!svg.contains("#1B365D") && !svg.contains("#E9B03C"));
}

#[test]
fn a_tile_is_darker_the_more_events_reached_its_member() {
    let mut charts = office();
    charts.map = map(5, &[0, 1, 4, 7, 10, 13]);
    let svg = &svgs(&charts)[4];
    let mut fills: Vec<[u8; 3]> = Vec::new();
    let mut last = None;
    for element in svg.lines() {
        if element.starts_with("<rect ") {
            last = Some(rectangle(element));
        } else if element.contains(" font-weight=\"bold\"") && attribute(element, "text-anchor") == "middle" {
            fills.extend(last.as_ref().map(|area| area.colour));
        }
    }
    assert_eq!(fills.len(), 6, "a figure on every tile");
    let steps: Vec<f64> = fills.into_iter().map(luminance).collect();
    assert!(steps.windows(2).all(|pair| pair[0] - pair[1] > 0.03), "{steps:?}");
}

#[test]
fn member_without_a_place_stands_in_a_row_beneath_the_map() {
    let charts = office();
    let svg = &svgs(&charts)[4];
    let lines = lines(svg);
    let of = |wanted: &str| lines.iter().find(|line| line.text == wanted).unwrap_or_else(|| panic!("{wanted}"));
    let words = of("Members without a place on the map");
    for tile in &charts.map.tiles {
        assert_eq!(of(&tile.code).top > words.top, tile.place.is_none(), "{}", tile.code);
    }
    let mut charts = office();
    charts.map.tiles.retain(|tile| tile.place.is_some());
    assert!(!texts(&svgs(&charts)[4]).contains(&"Members without a place on the map".to_owned()));
}

#[test]
fn heat_map_writes_every_figure_of_every_member() {
    let charts = full();
    let mut written = texts(&svgs(&charts)[5]);
    for row in charts.sections.groups.iter().flat_map(|(_, rows)| rows) {
        for count in row.counts.iter().chain([&row.all]) {
            let at = written.iter().position(|text| *text == count.to_string());
            written.swap_remove(at.unwrap_or_else(|| panic!("{count} of {} is not written", row.name)));
        }
    }
}

#[test]
fn kpi_without_a_figure_has_a_target_but_no_bar() {
    let drawn = |progress: &[Option<f64>]| {
        let svg = svgs(&Charts { targets: targets(progress), ..office() }).remove(6);
        let written = texts(&svg);
        (written.contains(&"no baseline".to_owned()), svg.matches("fill=\"#1B365D\"").count())
    };
    assert_eq!(drawn(&[None]), (true, 0));
    assert_eq!(drawn(&[Some(0.0)]), (false, 0));
    assert_eq!(drawn(&[Some(40.0)]), (false, 1));
}

#[test]
fn bar_far_beyond_its_target_is_broken_and_its_progress_written() {
    let svg = |progress| svgs(&Charts { targets: targets(&[Some(progress)]), ..office() }).remove(6);
    let (within, beyond) = (svg(150.0), svg(640.0));
    assert_eq!(beyond.matches("<rect ").count(), within.matches("<rect ").count() + 2);
    assert!(texts(&beyond).contains(&"640 %".to_owned()));
}

#[test]
fn share_stands_beside_the_count_of_an_answer() {
    let written = texts(&svgs(&office())[7]);
    for wanted in ["Action taken", "12 (66 %)", "0 (0 %)"] {
        assert!(written.contains(&wanted.to_owned()), "{wanted} in {written:?}");
    }
}

#[test]
fn member_without_events_is_shown_with_zero() {
    let written = texts(&svgs(&office())[3]);
    assert!(written.contains(&"Pakistan".to_owned()) && written.contains(&"0".to_owned()));
}

#[test]
fn all_members_of_the_world_stand_on_the_slide() {
    let written = texts(&svgs(&world())[3]);
    assert_eq!(written.iter().filter(|text| text.starts_with("Member number")).count(), 186);
}

#[test]
fn text_is_inside_the_slide_and_apart_from_other_text() {
    for charts in [nothing(), office(), full(), world()] {
        assert_eq!(collisions(&charts), Vec::<String>::new());
    }
}

fn any_stacked(slug: &'static str, categories: usize) -> impl Strategy<Value = Stacked> {
    let counts = prop::collection::vec(prop_oneof![Just(0usize), 0..5usize, 0..400usize], categories);
    (prop::collection::vec(counts, 3..=4), "[A-Za-z(<&]{1,9}( [a-z%)]{1,9}){0,9}").prop_map(move |(series, name)| {
        let names = ["National", "Sub-regional", "Regional", "Other CB types"];
        let series: Vec<(&str, &[usize])> = names.into_iter().zip(series.iter().map(Vec::as_slice)).collect();
        stacked(slug, &vec![name.as_str(); categories], &series)
    })
}

fn any_charts() -> impl Strategy<Value = Charts> {
    let share = (0..3_000u64, 0..3_000u64, 0..20u64, 0..20u64);
    let member = ("[A-Z][a-z]{1,12}( [A-Z][a-z.]{1,14}){0,5}", 0..90usize);
    let group = ("[A-Z][a-z]{1,12}( [A-Za-z/]{1,14}){0,3}", prop::collection::vec(member, 0..25));
    (
        (1..=6usize).prop_flat_map(|count| any_stacked("cb-activities", count)),
        (1..=8usize).prop_flat_map(|count| any_stacked("plan-delivery", count)),
        prop::collection::vec(share, 1..=6),
        prop::collection::vec(group, 0..7),
        (6..20usize, prop::collection::vec(0..90usize, 1..220)),
        prop::collection::vec(prop::option::of(-900.0..900.0f64), 0..90),
    )
        .prop_map(|(activities, delivery, shares, groups, (columns, counts), progress)| {
            let shares = shares.into_iter().map(|(women, men, covered, more)| {
                point("Q4 (to 15 Nov)", (women, women + men), (covered, covered + more))
            });
            let named: Vec<(&str, Vec<(&str, usize)>)> = groups
                .iter()
                .map(|(region, rows)| {
                    (region.as_str(), rows.iter().map(|(name, count)| (name.as_str(), *count)).collect())
                })
                .collect();
            let groups: Vec<(&str, &[(&str, usize)])> =
                named.iter().map(|(region, rows)| (*region, rows.as_slice())).collect();
            let rows = groups.iter().flat_map(|(_, rows)| rows.iter());
            let topics: Vec<(&str, usize, usize)> = rows.map(|(name, count)| (*name, *count, count / 2)).collect();
            Charts {
                activities,
                delivery,
                women: women(shares.collect()),
                members: members(&groups),
                map: map(columns, &counts),
                sections: sections(&groups),
                targets: targets(&progress),
                follow_up: follow_up([counts[0], counts.len(), columns, progress.len()]),
                funding: bars("funding", &groups[..groups.len().min(2)]),
                needs: needs(&topics),
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_cut_or_overlaps_whatever_the_figures_and_names(charts in any_charts()) {
        prop_assert_eq!(collisions(&charts), Vec::<String>::new());
    }
}

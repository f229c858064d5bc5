package main

// Two palettes, of the same names in the same order. The tests hold text to a
// contrast of 4.5 to 1 with all that it may stand on, and marks to 3 to 1.
type palette struct {
	ground, open, night, weekend, holiday string // what may lie under text
	text, muted                           string
	counted, line, late, met, due         string
}

var (
	light = palette{
		ground: "#ffffff", open: "#e3f0e6", night: "#f0f2f5", weekend: "#e4e8ee", holiday: "#fbe6c8",
		text: "#1b1f24", muted: "#4d5661",
		counted: "#2563c9", line: "#6b7480", late: "#b42318", met: "#176a2e", due: "#7a4d00",
	}
	dark = palette{
		ground: "#14171c", open: "#1b3224", night: "#1c2027", weekend: "#262c36", holiday: "#42341d",
		text: "#e8ebef", muted: "#b3bcc8",
		counted: "#6ea8fe", line: "#8f9aa8", late: "#ff8f85", met: "#62d892", due: "#f2bd54",
	}
)

// shapes are the styles that no palette changes.
const shapes = `.timeline text{font:11px system-ui,"DejaVu Sans",sans-serif;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.timeline .head{font-size:16px;font-weight:bold}
.timeline .name{font-weight:bold}
.timeline .strip{stroke:none}
.timeline line,.timeline .mark *{stroke-width:1.5px}
.timeline .mark :not(.body):not(circle){fill:none;stroke-linecap:round}
.timeline .tick,.timeline .leader,.timeline .waits{stroke-width:1px}
.timeline .waits{stroke-dasharray:1 3}
.timeline .leader{opacity:.7}
.timeline .clock{stroke-dasharray:6 3}
.timeline .ahead{fill-opacity:.12;stroke-dasharray:3 2}
`

func (p *palette) css() string {
	rule := func(selectors, property, colour string) string {
		return selectors + "{" + property + ":" + colour + "}\n"
	}
	return rule(".timeline .ground", "fill", p.ground) +
		rule(".timeline .open", "fill", p.open) +
		rule(".timeline .night", "fill", p.night) +
		rule(".timeline .weekend", "fill", p.weekend) +
		rule(".timeline .holiday", "fill", p.holiday) +
		rule(".timeline text", "fill", p.text+";stroke:"+p.ground) +
		rule(".timeline .muted", "fill", p.muted) +
		rule(".timeline .counted,.timeline .ahead", "fill", p.counted) +
		rule(".timeline .ahead,.timeline .named,.timeline .pause", "stroke", p.counted) +
		rule(".timeline .named,.timeline .pause", "fill", p.ground) +
		rule(".timeline .hatch", "stroke", p.line) +
		rule(".timeline .over", "fill", p.late) +
		rule(".timeline .tick,.timeline .leader,.timeline .waits,.timeline .axis", "stroke", p.line) +
		rule(".timeline .event,.timeline .now,.timeline .clock", "stroke", p.text) +
		rule(".timeline .mark .body,.timeline .mark circle", "fill", p.ground) +
		rule(".timeline .mark *", "stroke", p.line) +
		rule(".timeline .met *", "stroke", p.met) +
		rule(".timeline .missed *,.timeline .late *", "stroke", p.late) +
		rule(".timeline .due *,.timeline .paused *,.timeline .warning *", "stroke", p.due)
}

func style() string {
	return "<style>\n" + shapes + light.css() + "@media (prefers-color-scheme:dark){\n" + dark.css() + "}\n</style>\n"
}

"""A chart as a file of its own: an SVG that brings its style, its title and where it is from."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from fengtai.pages.charts.axes import WIDE
from fengtai.pages.charts.figures import ChartFigure, content_of, drawn
from fengtai.pages.charts.marks import Chart

STYLE = """<style>
text{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;fill:#1e1b18}
.c-paper{fill:#fcfaf5}.c-title{font-size:18px;font-weight:700}.c-about{font-size:12px;fill:#736b61}
.c-mid{text-anchor:middle}.c-end{text-anchor:end}.c-figure{font-weight:600}
.c-grid{stroke:#e3dccf;fill:none}.c-axis{stroke:#736b61;fill:none}
.c-line{stroke:#9d2f20;stroke-width:2;fill:none}.c-line.c-inexact{stroke-dasharray:5 4}
.c-firm,.c-provisional,.c-target{fill:#9d2f20;stroke:#9d2f20;stroke-width:1.5}.c-provisional{fill-opacity:.4}
.c-target,.c-inexact:not(.c-line){fill:#fcfaf5}.c-inexact{stroke-dasharray:2.5 2}
.c-bar.c-inexact{fill-opacity:.5}.c-past{stroke:#b9afa0;fill:#b9afa0}.c-span{stroke:#9d2f20;stroke-width:1.5;fill:none}
@media (prefers-color-scheme:dark){text{fill:#ece6db}.c-paper{fill:#191714}.c-about{fill:#a1988a}
.c-grid{stroke:#37322b}.c-axis{stroke:#a1988a}.c-line,.c-span{stroke:#ee9a84}
.c-firm,.c-provisional,.c-target{fill:#ee9a84;stroke:#ee9a84}.c-target,.c-inexact:not(.c-line){fill:#191714}
.c-past{stroke:#655d52;fill:#655d52}}
</style>"""

ABOVE, BELOW = 70, 64  # pixels for the title, and for what stands below


def svg(chart: Chart, subject: str, about: str) -> str:
    drawing, figure = drawn(chart, WIDE), ChartFigure(chart, "")
    title = chart.title if chart.title.startswith(subject) else f"{subject} · {chart.title}"
    context = {
        "figure": figure,
        "title": title,
        "content": content_of(drawing),
        "width": drawing.width,
        "height": drawing.height + ABOVE + BELOW + 20 * bool(figure.key),
        "drawing_height": drawing.height,
        "style": mark_safe(STYLE),
        "below": drawing.height + ABOVE + 24,
        "about": about,
    }
    return render_to_string("_chart_file.html", context).strip()

"""What the site becomes on disk: a :class:`~appliance.model.site.Site` in, files out.

Pure: equal sites and facts give equal bytes, and nothing here opens a file or reads a clock. Templates and
tables are read once, at import.
"""

from appliance.render.expected import Expected, expected
from appliance.render.facts import Facts
from appliance.render.files import RenderedFile, render_site

__all__ = ["Expected", "Facts", "RenderedFile", "expected", "render_site"]

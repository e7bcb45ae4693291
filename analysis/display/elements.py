"""HTML elements, all attributes escaped.

>>> tag("a", "5 &lt; 6", href='x"y')
'<a href="x&quot;y">5 &lt; 6</a>'
"""

from __future__ import annotations

from html import escape

__all__ = ["NO_MATHS", "tag"]

NO_MATHS = "mathjax_ignore tex2jax_ignore"
"""The classes of what JupyterLab must not set as mathematics: "$1.27 billion of $2.6 billion" is money."""


def tag(name: str, /, *content: str, **attributes: str | None) -> str:
    """An element around HTML; attributes are escaped, and left out where they are None."""
    written = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return f"<{name}{''.join(written)}>{''.join(content)}</{name}>"

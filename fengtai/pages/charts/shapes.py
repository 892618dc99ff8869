"""Outlines of shapes, as SVG writes them."""

SIZE = 4.5  # half the width of a mark


def dot(x: float, y: float, size: float = SIZE) -> str:
    arc = f"a{put(size)} {put(size)} 0 1 1 "
    return f"M{put(x - size)} {put(y)}{arc}{put(2 * size)} 0{arc}{put(-2 * size)} 0z"


def square(x: float, y: float, size: float = SIZE - 0.5) -> str:
    return rectangle(x - size, y - size, 2 * size, 2 * size)


def diamond(x: float, y: float, size: float = SIZE + 1) -> str:
    return f"M{put(x)} {put(y - size)}l{put(size)} {put(size)}l{put(-size)} {put(size)}l{put(-size)} {put(-size)}z"


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{put(x)} {put(y)}h{put(width)}v{put(height)}h{put(-width)}z"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"M{put(x)} {put(y)}L{put(to_x)} {put(to_y)}"


def span(x: float, y: float, to_y: float) -> str:
    """A range from one height to another, with its ends."""
    return f"M{put(x)} {put(y)}V{put(to_y)}M{put(x - 4)} {put(y)}h8M{put(x - 4)} {put(to_y)}h8"


def cut(x: float, y: float) -> str:
    """The mark of an axis that does not begin at nought."""
    return f"M{put(x - 5)} {put(y - 6)}l10 -4M{put(x - 5)} {put(y - 11)}l10 -4"


SHAPES = {"firm": dot, "provisional": square, "target": diamond}


def put(value: float) -> str:
    """A number of at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text

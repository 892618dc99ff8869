"""How somebody goes about on a page: with the mouse, or with the keyboard alone."""

MOST = 400  # presses of the tabulator until something counts as out of reach
IS_FOCUSED = "one => one === document.activeElement"


class Mouse:
    def __init__(self, page):
        self.page = page

    def press(self, where: str):
        self.page.locator(where).first.click()

    def fill(self, where: str, text: str):
        self.page.locator(where).first.fill(text)

    def choose(self, where: str, value: str):
        self.page.locator(where).first.select_option(value)

    def send(self, where: str):
        """The form in which this field stands."""
        form = self.page.locator(where).first.locator("xpath=ancestor::form[1]")
        form.locator("button[type=submit]").first.click()


class Keyboard(Mouse):
    """Everything is reached from where the focus is, in the order of the page."""

    def reach(self, where: str):
        wanted = self.page.locator(where).first
        wanted.wait_for()
        for _press in range(MOST):
            if wanted.evaluate(IS_FOCUSED):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{where} cannot be reached with the keyboard")

    def press(self, where: str):
        self.reach(where)
        self.page.keyboard.press("Enter")

    def fill(self, where: str, text: str):
        self.reach(where)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def choose(self, where: str, value: str):
        wanted = self.reach(where)
        for _press in range(wanted.locator("option").count()):
            if wanted.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{where} cannot be set to {value}")

    def send(self, where: str):
        self.reach(where)
        self.page.keyboard.press("Enter")

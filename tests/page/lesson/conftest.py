from steps_page import loose_url, open_step  # noqa: F401  fixtures

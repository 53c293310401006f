"""The application that a server loads."""

from config.settings import Settings
from school_safety.factory import create_app

app = create_app(Settings.from_env())

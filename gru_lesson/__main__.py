"""``python -m gru_lesson`` is the command ``gru-lesson``."""

import sys

from gru_lesson.cli import main

sys.exit(main())

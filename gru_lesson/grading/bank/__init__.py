"""The questions: ``q2_1.py`` holds question 2.1, and so on."""

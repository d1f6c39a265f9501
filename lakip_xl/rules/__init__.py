"""Judgement: typed tables in, findings out. Families of rules by module, a large family in several; gathered in ``catalogue``."""

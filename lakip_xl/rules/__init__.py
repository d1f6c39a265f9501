"""Judgement: typed tables in, findings out. One module for each family of rules, gathered in ``catalogue``."""

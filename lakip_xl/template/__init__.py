"""The workbook that staff start from, made from the form: ``build`` for the whole, ``settings_sheet`` for Pengaturan alone."""

from lakip_xl.template.build import build, settings_sheet

__all__ = ["build", "settings_sheet"]

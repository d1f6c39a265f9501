"""The workbook that staff start from, made from the form: ``build`` for the whole, ``settings_sheet`` for
Pengaturan alone, ``table_sheets`` for the sheets of some tables."""

from lakip_xl.template.build import build, settings_sheet, table_sheets

__all__ = ["build", "settings_sheet", "table_sheets"]

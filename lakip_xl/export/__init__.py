"""The workbook's data as another official form: ``e81`` for Formulir E.81 (Permendagri 86/2017)."""

from lakip_xl.export.e81 import Made, e81

FORMS = ("e81",)

__all__ = ["FORMS", "Made", "e81"]

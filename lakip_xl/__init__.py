"""lakip_xl: validate and finish the yearly performance report (LAKIP / LKjIP) in the office's own workbook."""

__version__ = "1.0.0"

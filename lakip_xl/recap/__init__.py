"""The workbooks of many offices on one page: who is in, what is open, and how the region stands."""

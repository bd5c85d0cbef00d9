"""ฝึกสอน: how the nets in src/thamthan/data/ocr were made; not part of what is installed."""

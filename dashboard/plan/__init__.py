"""The improvement plan kept: loaded from a workbook, edited on screen, its history."""

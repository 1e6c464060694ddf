"""Tables others wrote, such as a spreadsheet: checked whole, then written whole or not at all."""

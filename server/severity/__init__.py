"""How bad a call sounds: the matrix of the house, and those agreed with a customer."""

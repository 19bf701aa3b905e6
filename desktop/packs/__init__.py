"""What a board pack is, for member and secretary."""
